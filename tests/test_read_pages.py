"""Heads and feet of pages as sites have them: title, day, authors and text come out, and nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import read_facts
from kg.model import Article, RoleFact
from kg.read import read_text

DAY = date(2025, 4, 16)
TITLES = {
    "en": "Donors promise three more years of help to schools",
    "fr": "Les bailleurs promettent trois ans d'aide aux écoles",
    "de": "Geber versprechen den Schulen drei Jahre Hilfe",
    "es": "Donantes prometen tres años de ayuda a las escuelas",
    "pt": "Doadores prometem três anos de ajuda às escolas",
    "it": "I donatori promettono tre anni di aiuti alle scuole",
    "nb": "Giverne lover skolene tre nye år med hjelp",
    "ru": "Доноры пообещали школам три года помощи",
    "zh": "捐助方承诺继续帮助学校三年",
    "ja": "支援国、学校への3年間の支援を約束",
    "ko": "공여국, 학교에 3년 지원 약속",
    "tr": "Bağışçılar okullara üç yıllık yardım sözü verdi",
    "vi": "Các nhà tài trợ cam kết hỗ trợ trường học ba năm",
}
BODIES = {
    "en": "The minister opened the donor meeting in Oslo on Monday and promised three years of help for the schools.",
    "fr": "Le ministre a ouvert lundi la réunion des bailleurs de fonds et a promis trois ans d'aide pour les écoles.",
    "de": "Der Minister eröffnete am Montag das Treffen der Geber und versprach drei Jahre Hilfe für die Schulen.",
    "es": "El ministro inauguró el lunes la reunión de donantes y prometió tres años de ayuda para las escuelas.",
    "pt": "O ministro abriu na segunda-feira a reunião dos doadores e prometeu três anos de ajuda para as escolas.",
    "it": "Il ministro ha aperto lunedì la riunione dei donatori e ha promesso tre anni di aiuti per le scuole.",
    "nb": "Ministeren åpnet mandag møtet for giverne og lovet tre år med hjelp til skolene i landet.",
    "ru": "Министр открыл в понедельник встречу доноров и пообещал три года помощи школам страны.",
    "zh": "部长星期一在奥斯陆主持捐助方会议，承诺在今后三年内继续帮助当地学校，三十个国家派代表参加了会议。",
    "ja": "大臣は月曜日、オスロで支援国会合を開き、今後3年間にわたり学校への支援を続けると約束しました。",
    "ko": "장관은 월요일 오슬로에서 공여국 회의를 열고 앞으로 3년 동안 학교를 돕겠다고 약속했으며 30개국이 왔다.",
    "tr": "Bakan pazartesi günü Oslo'da bağışçılar toplantısını açtı ve okullar için üç yıllık yardım sözü verdi.",
    "vi": "Bộ trưởng đã khai mạc hội nghị các nhà tài trợ hôm thứ hai và cam kết ba năm hỗ trợ cho các trường học.",
}


def page(code: str, head: str, foot: str) -> Article:
    """The article of a page in language ``code``; lines are parted by ``;;``, TITLE stands for its title."""
    lines = [line.replace("TITLE", TITLES[code]) for line in head.split(";;")]
    return read_text("\n\n".join([*lines, BODIES[code], *filter(None, foot.split(";;"))]), id="x")


@pytest.mark.parametrize(
    ("code", "head", "foot", "authors"),
    [
        ("en", "HARBOUR UNIVERSITY;;News & Events;;TITLE;;By Anna Kole;;16 April 2025 | 4 min read",
         "Media Contact;;Communications Office;;press@harbour.example;;Share This Page;;Read Next;;"
         "Bank gives 12 million dollars to Kenya", "Anna Kole"),
        ("en", "World | Africa;;TITLE;;April 16, 2025 6:47 PM GMT+1 · Updated 2 hours ago",
         "Reporting by Anna Kole and Ben Oto; Additional reporting by Eva Lind in Juba; Editing by Max Poe;;"
         "Our Standards: The Agency Principles.;;Read Next;;Japan pledges $5 million to Peru",
         "Anna Kole, Ben Oto, Eva Lind, Max Poe"),
        ("en", "TITLE;;PTI | Updated: April 16, 2025 19:42 IST", "Tags: Nepal | Roads", ""),
        ("fr", "Monde › Afrique;;TITLE;;Publié le : 16/04/2025 - 19:42;;3 min de lecture",
         "Anna Kodjo, à Tshikapa;;Articles similaires;;La Chine prête 40 millions de dollars à Cuba", "Anna Kodjo"),
        ("fr", "La Confédération;;Le portail du Gouvernement;;TITLE;;Berne, 16.04.2025",
         "Adresse pour l'envoi de questions :;;Communication DFAX;;Palais Ouest", ""),
        ("de", "Startseite > Presse;;TITLE;;Von Anna Kern und Max Vogt;;Stand: 16.04.2025, 10:02 Uhr",
         "Lesen Sie auch: Bund gibt 5 Millionen Euro für Kuba", "Anna Kern, Max Vogt"),
        ("de", "TITLE;;Pressemitteilung aus Frankfurt am Main / 16.04.2025", "Kontakt;;Tel. +49 30 1234-0", ""),
        ("es", "Noticias ONU;;Mirada global;;TITLE;;16 Abril 2025 Ayuda humanitaria",
         "Le puede interesar;;España dona 3 millones de euros a Haití", ""),
        ("pt", "Início > Notícias;;TITLE", "Publicado a 16 de abril de 2025 por Ana Rita Kole;;Leia também;;"
         "» Banco empresta 40 milhões de euros a Angola", "Ana Rita Kole"),
        ("pt", "TITLE", "Por: Ana Kole;;16/04/2025;;Visualizações: 418 | Comentários (3)", "Ana Kole"),
        ("it", "LA RIVA;;Settimanale di Brescia;;TITLE;;Di Anna Colli – mercoledì 16 aprile 2025",
         "LEGGI ANCHE;;> L'Italia dona 3 milioni di euro al Niger", "Anna Colli"),
        ("nb", "NYHETER;;TITLE;;Anna Holm;;JOURNALIST;;Publisert 16. april 2025 kl. 06.30",
         "Mest lest;;1. Norge gir 40 millioner kroner til Nepal", "Anna Holm"),
        ("ru", "ВЕСТНИК;;МЕЖДУНАРОДНАЯ ЖИЗНЬ;;16 АПРЕЛЯ 2025, 17:08;;TITLE",
         "Анна Колева;;Теги: Судан  ООН;;Читайте также;;Япония выделит Перу 5 млн долларов", "Анна Колева"),
        ("ru", "TITLE", "Анна Колева;;Фото автора;;16 апреля 2025 г.", "Анна Колева"),
        ("zh", "当前位置：首页 > 要闻;;TITLE;;发布时间：2025-04-16 来源：新闻网",
         "【纠错】 【责任编辑：李明】;;相关阅读;;日本向秘鲁提供五百万美元", "李明"),
        ("zh", "首頁 / 政治;;TITLE", "2025年4月16日（星期三）;;#學校 #援助", ""),
        ("ja", "外務省 > 報道発表;;TITLE;;令和7年4月16日;;英語版 (English)  印刷", "関連リンク;;国別の協力方針", ""),
        ("ja", "TITLE;;【2025年4月16日 東京発】", "", ""),
        ("ja", "TITLE;;2025年4月16日 15時52分配信 港通信社", "", ""),
        ("ko", "TITLE;;배포일시 : 2025. 4. 16.(수) 15:00", "관련기사;;일본, 페루에 500만 달러 지원", ""),
        ("ko", "TITLE;;입력 2025.04.16 10:15 수정 2025.04.17 11:20", "", ""),
        ("tr", "Ana Sayfa > Gündem;;TITLE;;16.04.2025 10:15 | Güncelleme: 17.04.2025 11:00",
         "İlgili haberler;;Japonya Peru'ya 5 milyon dolar verdi", ""),
        ("vi", "BỘ TÀI CHÍNH;;Tin tức > Hợp tác;;TITLE;;16/04/2025 | 15:08 PM",
         "Nguyễn Thu Hà;;Số lượt đọc: 1087;;Tin cùng chuyên mục;;>> Nhật Bản viện trợ 5 triệu USD cho Lào",
         "Nguyễn Thu Hà"),
    ],
)  # fmt: skip
def test_heads_and_feet(code: str, head: str, foot: str, authors: str) -> None:
    """Title, day and people are those of the article; what it links to gives no sum."""
    article = page(code, head, foot)
    assert (article.language, article.headline, article.published) == (code, TITLES[code], DAY)
    facts = read_facts(article).facts
    assert sorted(f.person.text for f in facts if isinstance(f, RoleFact)) == sorted(filter(None, authors.split(", ")))
    assert not [fact for fact in facts if type(fact).__name__ == "AidFact" or hasattr(fact, "currency")]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("ar", "الرياض 18 شوال 1446 هـ الموافق 16 أبريل 2025 م واس"),
        ("ar", "16 نيسان/أبريل 2025 | المساعدات الإنسانية"),
        ("de", "OTS0041 5 AI 0388 NBB0007 AI                       Mi, 16.April 2025"),
        ("de", "OTS0041, 16. Apr. 2025, 09:15"),
        ("en", "Apr 16, 2025 Updated 9 hrs ago"),
        ("en", "MEDIA RELEASE 16 April 2025"),
        ("es", "Quito, 16 de abril de 2025 | Fundación Ribera"),
        ("fr", "Communiqué de presse – Lyon, le 16 avril 2025"),
        ("fr", "Publié le mercredi 16 avril 2025 à 08h05min"),
        ("ja", "港日日新聞 2025年4月16日 朝刊 7面"),
        ("ko", "송고2025-04-16 06:12"),
        ("pl", "Kraków, 16 kwietnia 2025 r."),
        ("pt", "Belém (PA), quarta-feira, 16 de abril de 2025, às 08h05"),
        ("ru", "08:05, 16 апреля 2025, Ош — Вестник, Анна КОЛЕВА"),
        ("sv", "PRESSMEDDELANDE 2025-04-16"),
        ("vi", "Thu Hà - 06:10, 16/04/2025"),
        ("zh", "原创 国际项目部 某某基金会 2025年04月16日 17:30 北京"),
        ("zh", "2025年4月16日 来源:国际合作司"),
        ("zh", "發稿日期：2025年4月16日"),
    ],
)
def test_days_of_heads(code: str, line: str) -> None:
    """The day of a page as agencies, ministries and papers write it above the text."""
    body = BODIES.get(code, BODIES["en"])
    assert read_text(f"{TITLES.get(code, TITLES['en'])}\n\n{line}\n\n{body}", id="x", language=code).published == DAY


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Harbour.id, 16 April 2025", DAY),
        ("Oslo, 16 April 2025", DAY),
        ("16/04/2025 – Cooperation", DAY),
        ("الميناء - ١٦ أبريل ٢٠٢٥", DAY),
        ("Dziennik Portowy, 16 kwietnia 2025 r.", DAY),
        ("Updated 16 April 2025", DAY),  # it was published by then at the latest
        ("Schools to open on 16 April 2025", None),
        ("Read also: Oslo, 16 April 2025", None),
        ("Oslo, 16 April 2025 – Bergen, 18 April 2025", None),
        ("meeting, 16 April 2025", None),
    ],
)
def test_days_right_below_the_text(line: str, day: date | None) -> None:
    """Alone, beside a name or before a section; not the day of something to come, or of another page."""
    text = f"{TITLES['en']}\n\n{BODIES['en']}\n\n{BODIES['en'].replace('Monday', 'Tuesday')}"
    assert read_text(f"{text}\n\n{line}", id="x", language="en").published == day
    assert read_text(f"{text}\n\nWhere we shall meet\n\n{line}", id="x", language="en").published in {None, DAY}


def test_the_day_that_opens_the_text_or_ends_the_title() -> None:
    """Parted by a dash from the first sentence, if no chronicle; in brackets behind the title, if no other is given."""
    opened, title = f"16 April 2025 – {BODIES['en']}", TITLES["en"]
    later = BODIES["en"].replace("Monday", "Tuesday")
    assert read_text(f"{title}\n\n{opened}\n\n{later}", id="x").published == DAY
    assert read_text(f"{title}\n\n{opened}\n\n18 April 2025 – {later}", id="x").published is None
    assert read_text(f"{title} (16 April 2025)\n\n{BODIES['en']}", id="x").published == DAY
    assert read_text(f"{title} (16-18 April 2025)\n\n{BODIES['en']}", id="x").published is None
    assert read_text(f"{title} (18 April 2025)\n\nPublished 16 April 2025\n\n{BODIES['en']}", id="x").published == DAY


@pytest.mark.parametrize(
    ("code", "lead", "day"),
    [
        ("it", "Roma, 16 apr 2025 19:42 - (Agenzia Sera) - ", DAY),
        ("es", "Cartagena (abr. 16/25). ", DAY),
        ("fr", "Le 16 avril 2025 – Accra (Ghana) – ", DAY),
        ("ru", "Алматы, 16 апреля 2025 года – ", DAY),
        ("ko", "[서울, 2025년 4월 16일] ", DAY),
        ("en", "Nuku’alofa, 16 April 2025 – ", DAY),
        ("en", "Oslo, 16/04/2025 Harbour - ", DAY),
        ("zh", "北京，2025年4月16日——", DAY),
        ("zh", "会议于2025年4月16日——", None),
        ("en", "The talks of 16 April 2025 Oslo - ", None),
        ("ja", "【2025年4月16日 ニューヨーク発】", DAY),
        ("es", "Artículo (2025/26). ", None),
        ("ja", "（2025年4月16日現在）", None),
        ("fr", "Le 16 avril 2025 – date de la conférence – ", None),
        ("zh", "2025年4月16日，", None),
        ("en", "नई दिल्ली, 16 April 2025। ", DAY),
        ("en", "नई दिल्ली 16 April 2025। ", None),
    ],
)
def test_days_before_the_first_words(code: str, lead: str, day: date | None) -> None:
    """The day of a dateline, in the ways agencies and ministries write it; other days give none."""
    assert read_text(f"{TITLES[code]}\n\n{lead}{BODIES[code]}", id="x").published == day


@pytest.mark.parametrize(
    "line",
    ["Meeting on 16 April 2025, 10:00", "Related | 16 April 2025", "The next is on 16 April 2025", "On 16 April 2025"],
)  # fmt: skip
def test_days_at_the_foot_that_are_not_the_pages(line: str) -> None:
    """A day below the text is the page's own only beside a name, with its weekday or with a word of publishing."""
    text = BODIES["en"]
    assert read_text(f"{TITLES['en']}\n\n{text}\n\nTo come\n\n{line}", id="x").published is None


@pytest.mark.parametrize(
    "line",
    [
        "More information on the schools will be given in May, the ministry said on Tuesday.",
        "For more information: the ministry will meet the teachers of all schools in May, she said.",
        "Contact with the northern villages was lost in March and found again in April.",
        "Editing the list of schools took the clerks of the ministry most of the spring.",
        "By Anna Kole and Ben Oto, two of the teachers, the plan was called a good one.",
        "Read next to the river, the letter made the people of the village cry and laugh.",
    ],
)
def test_sentences_like_feet_stay(line: str) -> None:
    """A sentence that begins as feet and bylines do is the article's text."""
    article = read_text(f"{TITLES['en']}\n\n{BODIES['en']}\n\n{line}\n\n{BODIES['en'][:60]}.", id="x")
    assert line in [article.text[p.start : p.end] for p in article.paragraphs if p.kind == "text"]
    assert article.author is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Schools get help;;Thirty countries promise money.", "Schools get help"),
        ("Health. Donors promise help to the clinics of the north;;16 April 2025",
         "Health. Donors promise help to the clinics of the north"),
        ("Donors promise $3 billion, U.N. says gap remains;;• Schools first in all the plans of the donors",
         "Donors promise $3 billion, U.N. says gap remains"),
        ("Three years of help, and no less;;Thirty countries promise money for the schools of all the north",
         "Three years of help, and no less"),
    ],
)  # fmt: skip
def test_titles_that_are_no_labels(head: str, title: str) -> None:
    """A short title, one with a subject before it, and one over a list stay what they are."""
    text = "\n\n".join([*head.split(";;"), BODIES["en"], BODIES["en"][:60] + "."])
    assert read_text(text, id="x").headline == title


@pytest.mark.parametrize(
    ("foot", "kept"),
    [
        ("Press contact: Jane Doe, jane@a.example", "Jane Doe, jane@a.example"),
        ("Media Contact;;Doe, Jane;;Harbour Street 5, 1034 Oslo", "Doe, Jane"),
        ("Pressekontakt;;Kommunikation (KOM), Sprecherin: Jane Doe;;Tel. +49 69 7431-0", "Sprecherin: Jane Doe"),
    ],
)
def test_whom_to_ask(foot: str, kept: str) -> None:
    """People whom the press may ask are read with their posts; streets, numbers and headings are not."""
    article = page("en", "TITLE", foot)
    assert [article.text[p.start : p.end] for p in article.paragraphs][2:] == [kept]
