"""Who wrote an article: rows with the day, mail, work or town beside the reporter, and forms without capitals."""

from __future__ import annotations

import pytest

from kg.extract import read_facts
from kg.model import RoleFact
from kg.read import read_text
from kg.read.bylines import in_row

_PAGES = {
    "en": (
        "Norway gives 20 million dollars to schools in Mali",
        "Norway will give 20 million dollars to rebuild schools in Mali over the next three years, it said on Monday.",
    ),
    "tr": (
        "Norveç Mali'deki okullara 20 milyon dolar veriyor",
        "Norveç, önümüzdeki üç yılda Mali'deki okulların yeniden inşası için 20 milyon dolar verecek, dedi bakanlık.",
    ),
    "ja": (
        "ノルウェー、マリの学校に2000万ドル支援",
        "ノルウェーは今後3年間で、マリの学校を再建するために2000万ドルを拠出すると、外務省が4日発表した。",
    ),
    "zh": (
        "挪威向马里学校提供2000万美元",
        "挪威外交部周一宣布,今后三年将提供2000万美元,用于重建马里的学校,让更多儿童重返课堂。",
    ),
    "ko": (
        "노르웨이, 말리 학교에 2천만 달러 지원",
        "노르웨이 외교부는 앞으로 3년간 말리의 학교를 재건하기 위해 2천만 달러를 제공하겠다고 4일 발표했다.",
    ),
    "ar": (
        "النرويج تقدم 20 مليون دولار لمدارس مالي",
        "أعلنت وزارة الخارجية النرويجية أمس أنها ستقدم 20 مليون دولار لإعادة بناء المدارس في مالي خلال ثلاث سنوات.",
    ),
}


def _authors(language: str, head: str, foot: str = "") -> set[str]:
    title, text = _PAGES[language]
    article = read_text(f"{title}\n\n{head}\n\n{text}\n\n{foot}\n", id="page")
    return {f.person.text for f in read_facts(article).facts if isinstance(f, RoleFact) and f.position == "author"}


@pytest.mark.parametrize(
    ("line", "beside", "name"),
    [
        ("NEWS | 19 June 2025 | Story by Anna Berg", False, "Anna Berg"),
        ("Anna Berg | 14 May 2026 | Updated 15 May 2026", False, "Anna Berg"),
        ("Anna Berg, Africa correspondent", False, "Anna Berg"),
        ("Anna Berg Global health reporter", False, "Anna Berg"),
        ("ANNA BERG aberg@post.example", False, "ANNA BERG"),
        ("Ana Ruiz - Redacción Mundo", False, "Ana Ruiz"),
        ("Anna Berg in Nairobi", True, "Anna Berg"),
        ("Anna Berg in Nairobi", False, ""),
        ("Anna Berg, Nairobi", False, ""),
        ("Lagos Herald – Anna Berg", True, ""),
        ("The Daily Post, 14 May 2026", True, ""),
        ("Donors met in Oslo.", True, ""),
    ],
)
def test_rows(line: str, beside: bool, name: str) -> None:
    """One part of a row is a reporter's name, where the others or the lines beside say so."""
    assert in_row(line, beside=beside) == name


@pytest.mark.parametrize(
    ("language", "head", "foot", "names"),
    [
        ("en", "Anna Berg\naberg@post.example", "", {"Anna Berg"}),
        ("en", "Foreign Affairs\n14 May 2026", "", set()),
        ("en", "Star Business Report\n14 May 2026", "", set()),
        ("tr", "Selin Kara | 14.05.2026 - Güncelleme : 14.05.2026", "", {"Selin Kara"}),
        ("tr", "Haber Merkezi\n14 Mayıs 2026", "", set()),
        ("ja", "2026年8月28日 時刊ニュース 政治部・宮下涼", "", {"宮下涼"}),
        ("ja", "", "(七尾支局・浜田圭吾)", {"浜田圭吾"}),
        ("ja", "", "(おわり)", set()),
        ("zh", "", "文 | 周明", {"周明"}),
        ("zh", "", "图 | 周明", set()),
        ("ko", "김해솔 | 승인 2025.12.11 09:00 | 조회수 482", "", {"김해솔"}),
        ("ko", "정치부 | 입력 2025.12.11", "", set()),
        ("ar", "| كتب أحمد الحداد |", "", {"أحمد الحداد"}),
        ("ar", "الرياض - أحمد الحداد", "", {"أحمد الحداد"}),
        ("ar", "القاهرة - أكدت الوزارة", "", set()),
    ],
)
def test_reporters(language: str, head: str, foot: str, names: set[str]) -> None:
    """Who signs in a line at the top or the end; desks, sections and fields are nobody."""
    assert _authors(language, head, foot) == names


_PLAIN = {
    "en": "Norway will give money to rebuild the schools over the next three years, the ministry said on Monday.",
    "fr": "La Norvège donnera de l'argent pour reconstruire les écoles pendant trois ans, a annoncé le ministère.",
    "de": "Norwegen gibt in den nächsten drei Jahren Geld für den Wiederaufbau der Schulen, teilte es mit.",
    "nb": "Norge skal gi penger til å bygge opp skolene igjen de neste tre årene, opplyste departementet mandag.",
    "id": "Norwegia akan memberi dana untuk membangun kembali sekolah selama tiga tahun, kata kementerian.",
    "vi": "Na Uy sẽ cấp tiền để xây lại các trường học trong ba năm tới, theo thông báo của bộ này hôm thứ Hai.",
    "tr": "Norveç önümüzdeki üç yıl boyunca okulların yeniden inşası için para verecek, dedi bakanlık pazartesi günü.",
}
_TITLES = {
    "en": "Norway helps schools to open again", "fr": "La Norvège aide des écoles à rouvrir",
    "de": "Norwegen hilft Schulen beim Aufbau", "nb": "Norge hjelper skoler med å åpne igjen",
    "id": "Norwegia bantu membuka kembali sekolah yang rusak karena perang", "vi": "Na Uy giúp trường học mở cửa lại",
    "tr": "Norveç okulların yeniden açılmasına yardım ediyor",
}  # fmt: skip


def _plain(code: str, head: str, foot: str) -> set[str]:
    """The authors of a page whose title stands over ``head`` and whose text stands over ``foot``."""
    article = read_text("\n\n".join(filter(None, [_TITLES[code], head, _PLAIN[code], foot])), id="page")
    return {f.person.text for f in read_facts(article).facts if isinstance(f, RoleFact) and f.position == "author"}


@pytest.mark.parametrize(
    ("code", "head", "foot", "names"),
    [
        ("fr", "Anna Kodjo", "", "Anna Kodjo"),
        ("fr", "Anna Kodjo\n\nLe Port", "", "Anna Kodjo"),
        ("nb", "Anna Holm / Havnebladet", "", "Anna Holm"),
        ("en", "Anna Kole, Havenpress", "", "Anna Kole"),
        ("tr", "Elif Karadağ", "", "Elif Karadağ"),  # a land is called so too
        ("fr", "mercredi 16 avril 2025, par Anna K.", "", "Anna K."),
        ("en", "By Anna K.", "", "Anna K."),
        ("nb", "Tekst: Anna Holm Foto: Per Lunde", "", "Anna Holm"),
        ("fr", "", "Agence du Port\n\nAnna Kodjo", "Anna Kodjo"),
        ("vi", "", "T.Lan", "T.Lan"),
        ("vi", "", "Đ.Sông Thu - T.Lan", "Đ.Sông Thu, T.Lan"),
    ],
)
def test_names_without_a_word_for_authors(code: str, head: str, foot: str, names: str) -> None:
    """A name between title and text, with its initial, below an agency, or in a row of them."""
    assert _plain(code, head, foot) == set(names.split(", "))


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "World News"), ("en", "Global Health"), ("en", "Climate Action"), ("fr", "Le Monde Afrique"),
        ("de", "Rotes Kreuz"), ("id", "Kabar Dunia"), ("id", "Jakarta Selatan"), ("vi", "Tin Vắn Thế Giới"),
        ("nb", "Norge Skolene"), ("fr", "Voix de Bamako"),
    ],
)  # fmt: skip
def test_no_names(code: str, line: str) -> None:
    """Sections, bodies, fields and places in the same places."""
    assert _plain(code, line, "") == _plain(code, "", line) == set()
