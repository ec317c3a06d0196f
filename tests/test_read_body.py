"""What is set aside of a page, what is kept, and where it stands."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article
from kg.read import read_text
from kg.read.clean import clean

ONE = "The minister opened the donor meeting in Oslo on Monday and promised three years of help for the schools."
TWO = "Thirty countries sent delegates, and most of them said that they would give more than in the year before."
THREE = "A second meeting will be held in Bergen in the autumn, according to a statement of the ministry."
CODES = ("en", "fr", "nb", "vi", "zh")
COLON = "\uff1a"


def read(*lines: str, language: str | None = None) -> Article:
    """The article in ``lines``."""
    return read_text("\n".join(lines), id="x", language=language, codes=CODES)


def bodies(article: Article, *kinds: str) -> list[str]:
    """The paragraphs of an article, of ``kinds`` only where some are given."""
    return [article.text[p.start : p.end] for p in article.paragraphs if not kinds or p.kind in kinds]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("L'UNICEF a dit son intention de donner 75 millions de dollars pour le Soudan.", True),
        ("UNICEF said on Monday that its intention is to give 75 million dollars to Sudan.", False),
        ("La ayuda de la Unión Europea en Haití es de 5 millones de euros para escuelas.", False),
    ],
)
def test_words_that_many_languages_share_make_no_line_foreign(line: str, stays: bool) -> None:
    """A French line of such words is no English one; English and Spanish lines in a French article are."""
    french = (
        "Les bailleurs de fonds et les organisations humanitaires ont salué cette aide, et la réunion a pris fin hier."
    )
    article = read(line, french, language="fr")
    assert (line in article.text) == stays


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("UNRWA-Chef Philippe Lazzarini sprach in Hanoi.", True),
        ("UNRWA chief Philippe Lazzarini spoke at the summit in Hanoi.", False),
        ("Mission Director Sarah Miller, U.S. Embassy", False),
    ],
)
def test_a_short_line_of_names_with_a_small_word_of_the_language_stays(line: str, stays: bool) -> None:
    """English and German share *in*: that it might be English as well makes no line of a German article foreign."""
    german = "Die Geber und die Hilfsorganisationen haben die Zusage begrüßt, und das Treffen ging gestern zu Ende."
    article = read(line, german, language="de")
    assert (line in article.text) == stays


@pytest.mark.parametrize(
    "lines",
    [
        (ONE, "Three years of help", TWO, "What comes next", THREE),
        (ONE, "The donors are:", "Japan", "South Korea", "Norway", "France", "Germany", TWO),
        (ONE, "The donors are:", "Japan: 95 billion yen to schools", "Korea: 130 million", "Norway: the rest"),
        ("Japan gives 95 billion yen", "Korea gives 130 million dollars", "The money goes to schools and hospitals"),
        (ONE, "Health", "Education", "Clean water", TWO),
        (ONE, "- Health care", "- Education", "- Clean water", "- Roads and bridges", TWO),
        (" ".join((ONE, TWO, THREE)),),
        (ONE, "Yes.", TWO),
        ("Kari Holm", "Home and away: a minister travels", ONE, "Related to this is the plan of 2019, she said."),
        ("Home Office Minister Resigns", ONE, "World Politics", TWO),
        ("Food and water", ONE, "Money for World Culture and Sport Given", TWO),
        (ONE, "Contact with the rebels was lost in May, an aid worker said on the telephone from the capital."),
        (ONE, "By Monday most of the money had been spent."),
        (ONE, "Source of the conflict, she said, was the water of the river and nothing else."),
        (ONE, "« Nous sommes là », she said in French, and then went on in English for an hour about the money."),
    ],
)  # fmt: skip
def test_nothing_good_is_lost(lines: tuple[str, ...]) -> None:
    """Subheadings, announced lists, lists in the text, lines without an end: all stay."""
    kept = bodies(read(*lines))
    assert kept == [line for line in lines if line in kept]
    assert kept == list(lines)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "部长在奥斯陆会见各国代表",
            "三十个国家派代表参加会议",
            "日本将提供九百五十亿日元",
            "会议将在明年继续举行",
            "援助将用于学校和医院",
        ),
        ("部长在奥斯陆会见代表。", "三十国派代表参加。", "日本将出资。", "会议明年继续。", "钱用于学校。"),
        ("部长在奥斯陆开幕", "三十国参加", "日本出资", "会议继续", "用于学校", "用于医院", "各国满意", "会议闭幕"),
    ],
)
def test_short_chinese_lines_are_kept(lines: tuple[str, ...]) -> None:
    """A Chinese body of short lines is read whole, with or without full stops."""
    assert bodies(read(*lines)) == list(lines)


@pytest.mark.parametrize(
    "noise",
    [
        ("Home", "World", "Politics", "Sport", "Culture"),
        ("Home | World | Lifestyle | Sport",),
        ("News > Europe > Norway",),
        ("Hjem  Nyheter  Meninger  Sport",),
        ("Startseite Politik Wirtschaft Wetter",),
        ("Partager Imprimer",),
        ("当前位置" + COLON + "首页 >> 要闻",),
        ("  • Oslo", "  • Bergen", "  • Stavanger", "  • Molde"),
        ("We use cookies to make this site better for you and for all.",),
        ("Share", "Facebook", "Print"),
        ("IMG_2034.jpg", "photo-1764896084096"),
        ("https://news.example/2024/05/27/more",),
        ("* * *",),
        ("© 2024 The Daily. All rights reserved.",),
        ("Đây là một dòng chữ tiếng Việt không thuộc về bài báo này",),
        ("Read more: Donors met in Bergen the year before",),
    ],
)
def test_furniture_goes_before_and_after(noise: tuple[str, ...]) -> None:
    """Lists of links, buttons, consent, addresses, other languages go wherever they stand."""
    assert bodies(read(*noise, ONE, TWO, THREE)) == [ONE, TWO, THREE]
    assert bodies(read(ONE, TWO, THREE, *noise)) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "marker",
    ["Comments (0)", "Related articles", "Commentaires (3)", "Kommentar (0)", "Bình luận", "相关新闻", "Les også:",
     "You may also like", "Ähnliche Artikel", "Artículos relacionados"],
)  # fmt: skip
def test_all_after_the_end(marker: str) -> None:
    """What follows the comment box or a list of other articles is not read, sentences included."""
    other = ("Minister of Sport resigns after match in Lillehammer", "A bakery in Molde sold 300 cakes on one day.")
    assert bodies(read(ONE, TWO, THREE, "", marker, *other)) == [ONE, TWO, THREE]


def test_list_of_links_inside() -> None:
    """A marker in the middle takes its list with it, and the article goes on."""
    links = ("Minister of Sport resigns after match", "Bakery sells cakes to people in Molde")
    assert bodies(read(ONE, "Read also", *links, TWO, THREE)) == [ONE, TWO, THREE]


def test_marker_at_the_top_cuts_nothing() -> None:
    """A comment count over the article is only itself dropped."""
    assert bodies(read("Comments (12)", ONE, TWO)) == [ONE, TWO]


def test_titles_after_the_tail() -> None:
    """Three and more unended lines after the last sentence are other articles' titles; two may be captions."""
    titles = ("Bakery sells many cakes in Molde", "Minister of Sport resigns again", "Snow expected in the mountains")
    assert bodies(read(ONE, TWO, *titles)) == [ONE, TWO]
    assert bodies(read(ONE, TWO, *titles[:2])) == [ONE, TWO, *titles[:2]]


def test_repeated_lines() -> None:
    """A paragraph that comes again is read once; a short line that stands three times is furniture."""
    assert bodies(read("The Daily Paper", ONE, "The Daily Paper", TWO, ONE, "The Daily Paper")) == [ONE, TWO]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Photo: The minister with delegates", "caption"),
        ("Delegates at the meeting. (Photo: Jane Doe/NTB)", "caption"),
        ("[2/5] Delegates wait at the door of the meeting.", "caption"),
        ("Delegates at the meeting (photo Jane Doe)", "caption"),
        ("Delegates meet the minister - Foto: Jane Doe", "caption"),
        ("Source: https://a.example/x.htm", "source"),
        ("Source: The Daily", "source"),
        ("Theo TTXVN", "source"),
        ("(VNA)", "source"),
        ("By Jane Doe", "byline"),
        ("Jane van Doe", "byline"),
        ("Jane Doe/VNA", "byline"),
    ],
)
def test_kinds(line: str, kind: str) -> None:
    """Captions, sources and bylines are kept as what they are."""
    article = read(ONE, TWO, line)
    assert bodies(article, kind) == [line]
    assert article.author == ({"By Jane Doe": "Jane Doe", "Jane van Doe": "Jane van Doe"}.get(line) or (
        "Jane Doe" if line.startswith("Jane") else None
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "author"),
    [("作者" + COLON + "李明", "李明"), ("记者 李明", "李明"), ("责任编辑" + COLON + "李明", None), ("结束", None)],
)
def test_chinese_bylines(line: str, author: str | None) -> None:
    """A Chinese byline needs its word; an editor is not the author."""
    text = "部长在奥斯陆会见各国代表,三十个国家派代表参加会议,日本将提供九百五十亿日元用于学校和医院的建设。"
    assert read(text, text[10:], line).author == author


def test_chinese_credits() -> None:
    """Credits with full-width signs, and those that end in the photographer's word, make captions."""
    text = "部长在奥斯陆会见各国代表,三十个国家派代表参加会议,日本将提供九百五十亿日元用于学校和医院的建设。"
    captions = ["代表们在会场合影。\uff08图片" + COLON + "新华社\uff09", "代表们在会场。新华社记者 李明 摄"]
    assert bodies(read(text, *captions), "caption") == captions


def test_caption_under_a_picture_name() -> None:
    """The line under a picture's name is its caption; a paragraph of two sentences is not."""
    article = read(
        ONE, "W-HAI_6736.jpg", "", "The minister speaks.", TWO, "", "IMG_2034.jpg", "", "It rained. It was cold."
    )
    assert bodies(article, "caption") == ["The minister speaks."]
    assert "It rained. It was cold." in bodies(article, "text")


@pytest.mark.parametrize(
    "line",
    ["The Minister of Health", "Nothing more was said about it", "Oslo", "World Bank 2024", "jane doe", "THE END."],
)
def test_not_a_byline(line: str) -> None:
    """Ordinary last lines name no author: with small words, figures, one word, an end."""
    assert read(ONE, TWO, line).author is None


def test_agency_lead_in_makes_the_line_above_a_headline() -> None:
    """A sentence over "Agency – ..." is the headline, even with a full stop."""
    article = read("Norway values its work with partners in the north.", "", f"NTB – {ONE}", TWO)
    assert article.headline == "Norway values its work with partners in the north."
    assert bodies(article, "text")[0].startswith("NTB – The minister")


def test_a_sentence_is_no_headline() -> None:
    """An article that begins with its first sentence has no headline."""
    assert read(ONE, TWO).headline is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ((" date 2025-12-04 Donors meet in Oslo", ONE), date(2025, 12, 4)),
        (("Donors meet in Oslo", "13:27 | 2025/12/05", ONE), date(2025, 12, 5)),
        (("Donors meet in Oslo", "May 27, 2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Published: 27 May 2024, 10:15 a.m. Updated: 28 May 2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Monday, 27th May 2024 10:15 GMT+7", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "27.05.2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "27/05/2024 10:15", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "By Jane Doe | May 27, 2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Daily NewsDaily News27/05/2024", ONE), date(2024, 5, 27)),
        (("2024年5月27日 10:15", ONE), date(2024, 5, 27)),
        (("27. mai 2024", ONE), date(2024, 5, 27)),
        (("Publié le 27 mai 2024 à 10h15", ONE), date(2024, 5, 27)),
        (("Thứ Hai, ngày 27/5/2024", ONE), date(2024, 5, 27)),
        (("27 de mayo de 2024", ONE), date(2024, 5, 27)),
        (("27. März 2024", ONE), date(2024, 3, 27)),
        ((f"OSLO, May 27, 2024 (NTB) – {ONE}", TWO), date(2024, 5, 27)),
        ((ONE, TWO, "Source: https://a.example/news/x-20240527160436591.htm"), date(2024, 5, 27)),
        ((ONE, TWO, "Source: https://a.example/2024/05/27/x"), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Updated: 27 May 2024, 09:40", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Publié le 27 mai 2024 à 17h45 | Par Jane Doe", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Publisert 27. mai 2024, kl. 11.20. Av Jane Doe", ONE), date(2024, 5, 27)),
        (("NTB  27.05.2024 14:32", "Donors meet in Oslo", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "2024-05-27 10:26  Source: The Daily", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", f"Oslo, le 27 mai 2024. {ONE}", TWO), date(2024, 5, 27)),
        (("Donors meet in Oslo", f"OSLO, 27. mai 2024: {ONE}", TWO), date(2024, 5, 27)),
        (("Donors meet in Oslo", f"Hà Nội, ngày 27 tháng 5 năm 2024 – {ONE}", TWO), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Oslo, 27 May 2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "Oslo  Mon, May 27, 2024", ONE), date(2024, 5, 27)),
        (("Donors meet in Oslo", "27-May-2024", ONE), date(2024, 5, 27)),
        ((ONE, TWO, "Source: https://a.example/x-100240527152047701.htm"), date(2024, 5, 27)),
        ((ONE, TWO, "(Latest Update May 27, 2024)"), date(2024, 5, 27)),
        ((ONE, TWO, "27 May 2024"), date(2024, 5, 27)),
        ((f"OSLO, May 27, 2024 (NTB) – {ONE}", TWO, "Last updated: 28 May 2024"), date(2024, 5, 27)),
    ],
)
def test_publication_dates(lines: tuple[str, ...], day: date) -> None:
    """Full dates at the head, in a dateline or in the address."""
    assert read(*lines, language="en").published == day


@pytest.mark.parametrize(
    "lines",
    [
        (f"On the morning of December 4, {ONE}", TWO),
        (f"OSLO, May 27 (NTB) – {ONE}", TWO),
        (f"On 27 May 2024, {ONE}", TWO),
        ("Meeting of 27 May 2024 – 29 May 2024", ONE),
        ("27 May 2024 – 29 May 2024", ONE),
        ("27 May 2024 was a Monday", ONE),
        ("04/12/2025", ONE),
        ("31 February 2024", ONE),
        ("27 May 1850", ONE),
        ("Conference held in Oslo on 27 May 2024", ONE),
        (ONE, "Meetings to come", "27 May 2024"),
        (ONE, TWO, "Latest update expected on 27 May 2024"),
        (ONE, TWO, "Source: https://a.example/news-20241350.htm"),
        (ONE, TWO, "Source: https://a.example/article-1764896084096.htm"),
        (ONE, TWO, "Source: https://a.example/2024/05/x"),
        (ONE, TWO, "Source: https://a.example/x-123456789012345678.htm"),
        (ONE, TWO, "Source: https://a.example/2024/05/27/x-20240528.htm"),
    ],
)
def test_no_publication_date(lines: tuple[str, ...]) -> None:
    """A date without its year, of an event, a range, a change, or one that may be read two ways gives none."""
    assert read(*lines, language="en").published is None


def test_vietnamese_sentence_that_opens_with_a_day() -> None:
    """The day that opens a Vietnamese sentence is the article's text, not its date."""
    text = "Ngày 4/12/2025, tại Hà Nội, hội nghị quốc tế về hợp tác đã khai mạc với sự tham gia của nhiều nước."
    article = read(text)
    assert (bodies(article), article.published) == ([text], None)


def test_day_or_month_first_by_language() -> None:
    """04/12/2025 is a December day in French, an April day in American English, doubtful in mere English."""
    assert read("04/12/2025", ONE, language="fr").published == date(2025, 12, 4)
    assert read("04/12/2025", ONE, language="en-US").published == date(2025, 4, 12)
    assert read("04/12/2025", ONE, language="en-GB").published == date(2025, 12, 4)
    assert bodies(read("04/12/2025", ONE, language="en")) == [ONE]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The programme helps schools", date(2025, 12, 4)),
        ("The program helps schools", date(2025, 4, 12)),
        ("The World Food Programme helps schools", None),
        ("The programme helps the labor ministry", None),
    ],
)
def test_day_or_month_first_by_spelling(words: str, day: date | None) -> None:
    """Words spelled as one region alone spells them tell the order; names and a mixture of spellings do not."""
    text = f"{words}, the minister said when the meeting began in Oslo."
    assert read("Donors meet in Oslo", "Press release | Date: 04/12/2025", text, ONE, language="en").published == day


@pytest.mark.parametrize(
    ("line", "author"),
    [("Jane Doe (The Harbour Times)", "Jane Doe"), ("Jane Doe (VNA)", "Jane Doe"), ("Jane Doe (left), nurse", None)],
)
def test_a_signed_line(line: str, author: str | None) -> None:
    """A name with a paper or an agency in brackets is who wrote the article, over its text."""
    assert read("Donors meet in Oslo", line, ONE, TWO, language="en").author == author


def check_places(article: Article, source: str) -> None:
    """Every character of every paragraph stands in the source where ``locate`` says."""
    lines = clean(source).split("\n")
    for paragraph in article.paragraphs:
        for offset in range(paragraph.start, paragraph.end):
            line, column = article.locate(offset)
            assert (
                lines[line - 1][column - 1 : column] in {article.text[offset], "", " "} or article.text[offset] == " "
            )
            if article.text[offset] != " ":
                assert lines[line - 1][column - 1] == article.text[offset]


PIECES = st.sampled_from(
    [ONE, TWO, THREE, "  Subheading here", "\u2022 Bullet of a list", "2024-05-27 | Title of it all", "\t", "", "Home",
     "e\u0301te\u0301 a\u0300 Gene\u0300ve", "\u5728\u5965\u65af\u9646\u53ec\u5f00\u4f1a\u8bae\u3002",
     "a\u2028b\vc", "By Jane Doe",
     "\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0665\u0660\u0660",
     "\u200fRTL\u202e mark", "\U0001f600 smile \U0001f600", "nul\0 here", "soft and short",
     "wrapped words that fill the line up to its very end and then go on in the",
     "next line, which is as long as the one above it and no longer than that"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_paragraphs_and_places(pieces: list[str], end: str) -> None:
    """Paragraphs tile the NFC text, end in a newline, and stand in the file where they are said to stand."""
    source = end.join([ONE, *pieces])
    article = read_text(source, id="x", language="en")
    assert unicodedata.is_normalized("NFC", article.text)
    assert "".join(f"{body}\n" for body in bodies(article)) == article.text
    assert all(body and body == body.strip() and "\n" not in body for body in bodies(article))
    assert [p.start for p in article.paragraphs] == [0, *(p.end + 1 for p in article.paragraphs)][
        : len(article.paragraphs)
    ]
    check_places(article, source)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(source: str) -> None:
    """No text breaks the reader: surrogates, controls and marks come out as text that can be written."""
    article = read_text(f"{ONE}\n{source}", id="x", language="en")
    article.text.encode()
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in article.text if char not in "\n\t")
    check_places(article, f"{ONE}\n{source}")


def test_right_to_left_text() -> None:
    """Arabic text and figures stand where they stood."""
    source = (
        "  \u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0665\u0660\u0660 "
        "\u0645\u0646\u062f\u0648\u0628.\n\u202bABC\u202c \u0664"
    )
    article = read_text(source, id="x", language="ar")
    assert article.language == "ar"
    assert article.locate(0) == (1, 3)
    check_places(article, source)


def test_blanks_around_figures_go_and_places_stay() -> None:
    """Blanks that some set between figures and units are no part of the text; what follows stands where it stood."""
    source = (
        "捐助会议\n\n2021 年 5 月 3 日，日本向老挝提供 4.8 億美元援助。外相上川阳子出席第 26 屆会议，共 2 萬 3 千人。\n"
    )
    article = read_text(source, id="x", language="zh")
    assert "2021年5月3日，日本向老挝提供 4.8億美元" in article.text
    assert "2萬3千人" in article.text
    assert article.locate(article.text.index("上川")) == (3, source.split("\n")[2].index("上川") + 1)
    check_places(article, source)


FIGURES = st.lists(
    st.sampled_from(["2021", " ", "年", "5", "月", "億", "第", "届", "人", "会", "4.8", "美元", "，"]), max_size=30
)


@given(FIGURES)
def test_every_figure_stands_where_it_stood(pieces: list[str]) -> None:
    """Whatever blanks, figures and units follow each other."""
    source = f"捐助会议在河内举行，各方承诺提供援助。\n\n日本政府说：{''.join(pieces)}援助将用于学校。\n"
    check_places(read_text(source, id="x", language="zh"), source)


def test_wrapped_paragraphs_are_joined() -> None:
    """Paragraphs wrapped at a margin are one each again, and every word is still found in its line."""
    source = (
        "Donors meet in Oslo\n\n"
        "The minister opened the donor meeting in Oslo on Monday and promised\n"
        "three years of help for the schools. Thirty countries had sent their\n"
        "delegates, among them Japan.\n\n"
        "Most of them said that they would give more than they had the year\n"
        "before.\n"
    )
    article = read_text(source, id="x", language="en")
    assert len(article.paragraphs) == 3
    assert article.locate(article.text.index("three")) == (4, 1)
    assert article.locate(article.text.index("Japan")) == (5, 23)
    assert article.locate(article.text.index("before")) == (8, 1)
    check_places(article, source)


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    """Sentences on lines of their own stay apart, and so do a headline and the text right below it."""
    assert bodies(read(ONE, TWO, THREE)) == [ONE, TWO, THREE]
    lines = ("Donors meet in Oslo and promise three years of help", "Thirty countries sent their delegates to it.")
    assert bodies(read(*lines)) == list(lines)


@pytest.mark.parametrize(
    "text",
    ["tổ chức " * 40_000, "1" * 300_000, "(" * 150_000 + ")" * 150_000, "a" + "\u0301\u0316" * 100_000, "- " * 150_000,
     "2024-05-27 " * 30_000, " " * 300_000 + "a", "tổ chức\n" * 10_000 + ONE, "ho ho\nhi\n" * 5_000 + ONE,
     "(photo " * 50_000, "a-" * 150_000 + "1", "\n" * 300_000 + ONE, "http://" * 40_000, "@" * 300_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_pathological_text_is_read_in_linear_time(text: str) -> None:
    """300 kB of anything takes no more than a few seconds of a slow machine's time."""
    begin = time.process_time()
    read_text(f"{text}\n{ONE}", id="x", language="en")
    assert time.process_time() - begin < 5
