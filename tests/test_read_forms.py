"""Each input form: what is read from it, and what a broken one gets."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model import Article, Skipped
from kg.read import files, read_paths, read_text
from kg.read.language import identify

CODES = ("en", "fr", "nb", "vi", "zh")
ONE = "The minister opened the donor meeting in Oslo on Monday and promised three years of help for the schools."
TWO = "Thirty countries sent delegates, and most of them said that they would give more than in the year before."
THREE = "A second meeting will be held in Bergen in the autumn, according to a statement of the ministry."
TEXT = f"Donors meet in Oslo\n\n{ONE}\n\n{TWO}\n\n{THREE}\n"


def read(*paths: Path | str) -> tuple[list[Article], list[Skipped]]:
    """What is read from ``paths`` with the five first languages."""
    return read_paths(paths, codes=CODES)


def one(path: Path, data: str | bytes) -> Article:
    """The one article of a file that holds ``data``."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    articles, skipped = read(path)
    assert skipped == []
    assert len(articles) == 1
    return articles[0]


def refused(path: Path, data: str | bytes) -> Skipped:
    """Why a file that holds ``data`` is not read."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    articles, skipped = read(path)
    assert articles == []
    assert len(skipped) == 1
    assert skipped[0].reason
    assert skipped[0].hint
    return skipped[0]


def bodies(article: Article) -> list[str]:
    """The paragraphs of an article."""
    return [article.text[p.start : p.end] for p in article.paragraphs]


def test_plain_text(tmp_path: Path) -> None:
    """A text file gives its paragraphs, its stem as id, its language and its headline."""
    article = one(tmp_path / "a-1.txt", TEXT)
    assert (article.id, article.language, article.headline) == ("a-1", "en", "Donors meet in Oslo")
    assert bodies(article) == ["Donors meet in Oslo", ONE, TWO, THREE]
    assert [p.kind for p in article.paragraphs] == ["headline", "text", "text", "text"]
    assert [p.line for p in article.paragraphs] == [1, 3, 5, 7]
    assert article.text.endswith(".\n")
    assert article.path == str(tmp_path / "a-1.txt")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["crlf", "cr", "utf-8 mark", "utf-16 little", "utf-16 big", "utf-32"],
)
def test_same_article_however_it_is_written(tmp_path: Path, data: bytes) -> None:
    """Line ends, byte order marks and Unicode encodings change neither text nor places."""
    plain = one(tmp_path / "a.txt", TEXT)
    assert one(tmp_path / "a.txt", data) == plain


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"PK\x03\x04\0\0\0\0", "binary"),
        ("a.txt", "Ministeren åpnet møtet".encode("latin-1"), "bad encoding: not UTF-8 at byte 11 (line 1)"),
        ("a.txt", TEXT.encode("utf-16")[:41], "bad encoding: not UTF-16"),
        ("a.txt", TEXT.encode("utf-16-le"), "binary"),
        ("a.txt", "https://news.example/a\nphoto-1764896084096\nIMG_2034.jpg\n", "empty: nothing but links"),
        ("a.txt", "1 2 3 4 5", "unknown language"),
        ("a.html", "", "empty"),
        ("a.html", "<html><body><nav><a>Home</a></nav></body></html>", "empty"),
        ("a.json", "", "malformed JSON"),
        ("a.json", "{}", "no article in this JSON"),
        ("a.json", '[{"@type": "Person", "name": "A"}]', "no article in this JSON"),
        ("a.json", '{"@type": "NewsArticle", "headline": "Only this"}', "no articleBody"),
        ("a.json", '{"@type": "NewsArticle", "articleBody": 5}', "no articleBody"),
        ("a.json", "[" * 100_000, "JSON is nested too deep"),
        ("a.json", '{"articleBody": ' + "1" * 5000 + "}", "JSON holds a number too long"),
        ("a.jsonl", "", "empty"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: str | bytes, reason: str) -> None:
    """A file without an article is skipped with the reason and a hint, and nothing is raised."""
    skipped = refused(tmp_path / name, data)
    assert skipped.reason.startswith(reason)
    assert skipped.path.startswith(str(tmp_path / name))


def test_places_of_mistakes(tmp_path: Path) -> None:
    """Malformed JSON and YAML are reported with file, line and column."""
    assert refused(tmp_path / "a.json", '{"@type": "NewsArticle",\n "headline": }').path.endswith("a.json:2:14")
    assert refused(tmp_path / "a.md", f"---\ntitle: [a\nlang: en\n---\n{ONE}").path.endswith("a.md:3:5")


def test_missing_file_and_nul_in_path(tmp_path: Path) -> None:
    """A path that does not exist, or cannot, is skipped."""
    articles, skipped = read(tmp_path / "none.txt", "a\0b")
    assert articles == []
    assert [one.reason for one in skipped] == ["cannot be read: no such file or directory", "not a path: holds a NUL"]


def test_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is named with the limit."""
    monkeypatch.setattr(files, "SIZE_LIMIT", 2**20)
    assert refused(tmp_path / "a.txt", b"a" * (2**20 + 1)).reason == "larger than 1 MB"


def test_front_matter(tmp_path: Path) -> None:
    """A YAML block gives metadata; lines are still those of the file."""
    block = (
        "---\nid: oslo-1\ntitle: Donors meet\ndate: 2024-05-27\nlang: en-GB\n"
        "author: [Jane Doe, John Roe]\npublisher: {name: The Daily}\nurl: https://daily.example/x\n---\n"
    )
    article = one(tmp_path / "a.md", f"{block}# Donors meet\n\n{ONE}\n")
    assert (article.id, article.headline, article.published) == ("oslo-1", "Donors meet", date(2024, 5, 27))
    assert (article.author, article.publisher) == ("Jane Doe, John Roe", "The Daily")
    assert (article.url, article.language) == ("https://daily.example/x", "en")
    assert [(p.kind, p.line, p.column) for p in article.paragraphs] == [("headline", 10, 3), ("text", 12, 1)]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("a: &x [1, 2]\nb: *x", "front matter uses an alias"),
        ("a: " + "[" * 30 + "]" * 30, "front matter is nested too deep"),
        ("a: b: c\n  - d", "malformed front matter"),
        ("a: !!python/object/apply:os.system [", "malformed front matter"),
    ],
)
def test_front_matter_that_is_refused(tmp_path: Path, block: str, reason: str) -> None:
    """Aliases (YAML bombs), depth and broken blocks are refused."""
    assert refused(tmp_path / "a.txt", f"---\n{block}\n---\n{ONE}\n").reason.startswith(reason)


def test_front_matter_with_a_colon_in_its_title(tmp_path: Path) -> None:
    """A title with a colon is no YAML, but plain enough."""
    article = one(tmp_path / "a.txt", f"---\ntitle: Oslo : donors meet\ndate: 2024-05-27\n---\n{ONE}\n")
    assert (article.headline, article.published) == ("Oslo : donors meet", date(2024, 5, 27))


def test_front_matter_runs_nothing(tmp_path: Path) -> None:
    """A tag that would build an object gives plain values."""
    article = one(tmp_path / "a.txt", f"---\ntitle: !!python/object/apply:os.getcwd []\n---\n{ONE}\n")
    assert article.headline is None


@pytest.mark.parametrize("data", [f"---\n{ONE}\n", f"---\njust a line\n---\n{ONE}\n"])
def test_rules_are_not_front_matter(tmp_path: Path, data: str) -> None:
    """A dash line without a second one, or with mere text behind it, is text."""
    assert ONE in bodies(one(tmp_path / "a.txt", data))


def test_markdown_marks_come_off(tmp_path: Path) -> None:
    """Headings, links, emphasis and pictures lose their marks in .md, not in .txt."""
    text = f"## Donors meet\n\n![map](map.png)\n\nThe **minister** [spoke](https://x.example) to them all.\n\n> {ONE}\n"
    expected = ["Donors meet", "The minister spoke to them all.", ONE]
    assert bodies(one(tmp_path / "a.md", text)) == expected
    assert "The **minister**" in one(tmp_path / "a.txt", text).text


PAGE = f"""<!DOCTYPE html>
<html lang="en-US"><head><title>Donors meet | The Daily</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-05-27T23:30:00-05:00">
<link rel="canonical" href="https://daily.example/donors">
</head><body>
<nav><ul><li>Home</li><li>World</li><li>Sport</li><li>Culture</li></ul></nav>
<main><article><header><h1>Donors meet in Oslo this week</h1></header>
<figure><img src="a.jpg"><figcaption>Minister Kari Holm opens the meeting.</figcaption></figure>
<p>{ONE}</p>
<p>{TWO.replace("delegates", "<b>delegates</b>").replace(" and ", " &amp; ")}</p>
<p>{THREE}</p>
</article></main>
<aside><figure><figcaption>A footballer scores.</figcaption></figure><p>Football: {TWO}</p></aside>
<footer><p>© 2024 The Daily. All rights reserved.</p></footer>
</body></html>"""


def test_html(tmp_path: Path) -> None:
    """Main text, captions at their place, metadata; no navigation, asides or feet."""
    article = one(tmp_path / "a.html", PAGE)
    assert bodies(article) == [
        "Donors meet in Oslo this week",
        "Minister Kari Holm opens the meeting.",
        ONE,
        TWO.replace(" and ", " & "),
        THREE,
    ]
    assert [p.kind for p in article.paragraphs] == ["headline", "caption", "text", "text", "text"]
    assert (article.published, article.url) == (date(2024, 5, 27), "https://daily.example/donors")
    assert (article.headline, article.publisher) == ("Donors meet in Oslo this week", "The Daily")
    assert [p.line for p in article.paragraphs] == [8, 9, 10, 11, 12]


def test_html_of_few_words(tmp_path: Path) -> None:
    """A short article is read whole."""
    article = one(tmp_path / "a.html", f"<html><body><article><p>{ONE}</p><p>Short.</p></article></body></html>")
    assert bodies(article) == [ONE, "Short."]


def test_html_dates_are_not_guessed(tmp_path: Path) -> None:
    """A date in figures that may be read two ways gives none."""
    page = PAGE.replace("2024-05-27T23:30:00-05:00", "04/12/2025")
    assert one(tmp_path / "a.html", page.replace("en-US", "en")).published is None
    assert one(tmp_path / "b.html", page).published == date(2025, 4, 12)


def test_html_linked_data_first(tmp_path: Path) -> None:
    """JSON-LD says more than meta elements; a broken script says nothing."""
    linked = {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "datePublished": "2024-05-26"}]}
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    assert one(tmp_path / "a.html", PAGE.replace("</head>", f"{script}</head>")).published == date(2024, 5, 26)
    broken = '<script type="application/ld+json">{oops</script>'
    assert one(tmp_path / "b.html", PAGE.replace("</head>", f"{broken}</head>")).published == date(2024, 5, 27)


def test_html_in_its_own_encoding(tmp_path: Path) -> None:
    """The encoding a page states is used; one that no one knows is an error."""
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Minister Kari", "Minister Kåre")
    assert "Kåre" in one(tmp_path / "a.html", page.encode("latin-1")).text
    assert refused(tmp_path / "b.html", page.replace("iso-8859-1", "klingon").encode("latin-1")).reason == (
        "unknown encoding klingon"
    )


def record(**fields: object) -> dict[str, object]:
    """A NewsArticle object."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": f"{ONE}\n{TWO}", **fields}


def test_json(tmp_path: Path) -> None:
    """Every field of a NewsArticle is read, given as string or object."""
    article = one(
        tmp_path / "a.json",
        json.dumps(
            record(
                identifier="x-7",
                headline="Donors meet",
                datePublished="2024-05-27T10:00:00Z",
                inLanguage="en",
                url="https://daily.example/donors",
                author={"@type": "Person", "name": "Jane Doe"},
                publisher="The Daily",
            ),
            indent=1,
        ),
    )
    assert (article.id, article.headline, article.published) == ("x-7", "Donors meet", date(2024, 5, 27))
    assert (article.author, article.publisher, article.language) == ("Jane Doe", "The Daily", "en")
    assert article.url == "https://daily.example/donors"
    assert bodies(article) == [ONE, TWO]
    assert [p.line for p in article.paragraphs] == [4, 4]


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: {"@graph": r}, lambda r: [[r[0]], {"@graph": [r[1]]}]])
def test_json_of_several(tmp_path: Path, wrap: object) -> None:
    """Arrays and graphs give all their articles, in order; one without an id is numbered."""
    assert callable(wrap)
    (tmp_path / "a.json").write_text(json.dumps(wrap([record(identifier=7), record(articleBody=THREE)])))
    articles, skipped = read(tmp_path / "a.json")
    assert [article.id for article in articles] == ["7", "a-2"]
    assert skipped == []


def test_json_lines(tmp_path: Path) -> None:
    """A wrong line is named with its place and the others are read, with their lines."""
    rows = [json.dumps(record(identifier="one")), '{"@type": ', "", json.dumps({"a": 1}), json.dumps(record())]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    articles, skipped = read(tmp_path / "a.jsonl")
    assert [article.id for article in articles] == ["one", "a-4"]
    assert [article.paragraphs[0].line for article in articles] == [1, 5]
    assert [(one.path.rpartition("a.jsonl")[2], one.reason.split(": ")[1]) for one in skipped] == [
        (":2:11", "malformed JSON"),
        (":4", "no article in this line"),
    ]


def test_json_escapes_and_lone_surrogates(tmp_path: Path) -> None:
    """Escaped text is read; half a surrogate pair becomes a space."""
    article = one(tmp_path / "a.json", json.dumps(record(articleBody=f"M\u00f8te \ud800 {ONE}")))
    assert article.text.startswith("M\u00f8te   The minister")
    article.text.encode()


@pytest.mark.parametrize(
    "data", [TEXT, PAGE, json.dumps(record(), indent=1), f"{json.dumps(record())}\n{json.dumps(record())}\n"]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    """What comes through "-" is known by its look."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    articles, skipped = read("-")
    assert skipped == []
    assert articles
    assert articles[0].id.startswith("stdin")
    assert ONE in bodies(articles[0])


def test_folder(tmp_path: Path) -> None:
    """Folders are read through in sorted order; hidden files, links to folders, stores and READMEs are passed over."""
    beside = ("README", "readme.rst", "LICENSE", "Thumbs.db", "b.txt~", "a/~$c.docx", "store/kg.json", "store/kg.lock")
    for name in ("b.txt", "a/c.md", "a/.hidden.txt", ".git/d.txt", "store/data-1/000001.log", *beside):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    articles, skipped = read(tmp_path)
    assert [article.id for article in articles] == ["c", "b"]
    assert [one.path for one in skipped] == [str(tmp_path / "gone.txt")]


def test_what_in_a_folder_is_no_form_of_article(tmp_path: Path) -> None:
    """It is named, once, unless it is given outright, and then it is read."""
    for name in ("a.txt", "b.pdf", "sub/c.DOCX", "d.dat"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    articles, skipped = read(tmp_path, tmp_path, tmp_path / "d.dat")
    assert [article.id for article in articles] == ["a", "d"]
    assert [(Path(one.path).name, one.reason) for one in skipped] == [
        ("b.pdf", "no form of article that is read"), ("c.DOCX", "no form of article that is read"),
    ]  # fmt: skip
    assert ".html" in skipped[0].hint


def test_folder_without_articles(tmp_path: Path) -> None:
    """An empty folder is named."""
    assert read(tmp_path)[1] == [
        Skipped(str(tmp_path), "no articles in this folder", f"known suffixes: {' '.join(files.FORMS)}")
    ]


def test_unknown_suffix_named_outright(tmp_path: Path) -> None:
    """A file named outright is read whatever its suffix."""
    assert bodies(one(tmp_path / "a.dat", TEXT))[1] == ONE
    assert bodies(one(tmp_path / "b.page", PAGE))[2] == ONE


def test_same_file_twice_is_read_once(tmp_path: Path) -> None:
    """A file met again by another path is not another article."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert len(read(tmp_path, tmp_path / "a.txt")[0]) == 1


def test_same_id_twice(tmp_path: Path) -> None:
    """The first path keeps the id, the others get a number, whatever the order they are named in."""
    paths = [tmp_path / name for name in ("x/a.txt", "y/a.txt", "z/a.txt", "a-2.txt")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    ids = {article.path: article.id for article in read(*paths)[0]}
    assert [ids[str(path)] for path in paths] == ["a", "a-3", "a-4", "a-2"]
    assert {article.path: article.id for article in read(*reversed(paths))[0]} == ids


def test_file_name_that_is_not_text(tmp_path: Path) -> None:
    """Bytes in a file name that are no UTF-8 break neither id nor path."""
    name = str(tmp_path) + "/a\udcff.txt"
    try:
        Path(name).write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes no such name")
    article = read(tmp_path)[0][0]
    assert article.id == "a?"
    article.path.encode()


@pytest.mark.parametrize(
    "text",
    [
        "Ministeren sagde, at konferencen blev afholdt i København, og at Danmark også vil give penge til det.",
        "Statsministern sade att konferensen hölls i Stockholm och att Sverige också vill bidra med pengar.",
        "Statsråden sa at konferansen vart halden i Bergen, og at Noreg vil gje pengar til dei som ikkje har nok.",
        "قال الوزير إن المؤتمر عقد في القاهرة بمشاركة ثلاثين دولة وإن المساعدات ستصل إلى ٥٠٠ مليون دولار هذا العام.",
    ],
    ids=["da", "sv", "nn", "ar"],
)
def test_languages_without_a_pack(text: str) -> None:
    """Danish, Swedish and Nynorsk are not Bokmål; without a pack they are refused by name, unless told to be read."""
    with pytest.raises(KgError, match=r"unknown language: \w\w has no pack"):
        read_text(text, id="x", codes=CODES)
    assert read_text(text, id="x", language="ar").text == f"{text}\n"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Ministeren sa at konferansen ble holdt i Bergen, og at Norge vil gi penger til dem som ikke har nok."),
        ("zh", "部長說,會議在臺北舉行,各國將在三年內提供援助,用於興建學校和醫院。"),
        ("vi", "Bộ trưởng cho biết hội nghị được tổ chức tại Hà Nội và các nước sẽ viện trợ trong ba năm tới."),
        ("fr", "Le ministre a déclaré que la conférence se tiendrait à Genève et que les pays donneraient davantage."),
        ("en", "Short news."),
    ],
)
def test_languages(language: str, text: str) -> None:
    """Each language is told from a sentence; a given one is believed."""
    assert read_text(text, id="x", codes=CODES, language=language if len(text) < 20 else None).language == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Norad og Sida signerte en avtale i Lusaka."),
        ("nb", "Norad og Sida signerte avtalen i Lusaka."),
        ("nb", "Avtalen gjelder skoler i Malawi."),
        ("nn", "Avtalen gjeld skular i Malawi."),
        ("nn", "Eit nytt møte er planlagt i Oslo."),
        ("nn", "Noreg gav 3 millionar til skular."),
        ("da", "Mødet om Gaza blev holdt i Oslo."),
        ("da", "Norge og Danmark har aftalt at støtte Malawi med 100 millioner kroner."),
        ("sv", "Sverige ger 20 miljoner kronor i nödhjälp till Gaza, säger ministern."),
        ("id", "Menteri mengatakan bahwa Malaysia menyalurkan bantuan 10 juta ringgit kepada rakyat Palestina."),
        ("ms", "Menteri berkata bahawa Indonesia menyalurkan bantuan bernilai 10 juta rupiah kepada rakyat Palestin."),
        ("id", "Jepang memberikan hibah 5 juta dolar AS untuk sekolah di Laos, kata duta besar pada Jumat."),
        (
            "ru",
            "Агентство США (USAID) увеличит помощь Армении со $120 млн до $250 млн, сказал он после встречи.",
        ),
        ("ru", "Узбекистан и Киргизия направят Афганистану по 3 млн долларов, сообщил посол Узбекистана."),
        ("uk", "Міністр закордонних справ заявив, що Японія надасть 100 мільйонів доларів на відновлення."),
        ("pl", "Polska przekaże Ukrainie i Mołdawii 5 mln euro, poinformował minister po spotkaniu."),
        ("pl", "Czechy i Słowacja przeznaczą po 3 mln euro na pomoc dla Gazy."),
        ("cs", "Česko poskytne Ukrajině a Polsku 5 milionů eur, oznámil ministr zahraničí po jednání."),
        ("sk", "Slovensko poskytne Ukrajine a Poľsku 5 miliónov eur, oznámil minister zahraničných vecí po rokovaní."),
        ("uk", "Україна отримає від Польщі та Росії гуманітарну допомогу, сказав міністр."),
        ("ru", "Украина получит от Польши гуманитарную помощь, сказал министр."),
        ("bg", "България ще отпусне два милиона евро хуманитарна помощ, съобщи министърът след заседанието."),
        ("ms", "Jepun akan memberi bantuan 5 juta dolar AS untuk sekolah di Laos, kata duta pada Jumaat."),
    ],
)
def test_near_languages_in_short_texts(language: str, text: str) -> None:
    """Words that only one of two like languages has tell it from the other."""
    assert identify([text]) == language


def test_given_metadata_is_kept() -> None:
    """What the caller gives stands, whatever the text says."""
    article = read_text(
        f"Published 3 May 2024\n{TEXT}Source: https://a.example/2024/05/03/x",
        id="x", published=date(2020, 1, 1), headline="Mine", author="Me", publisher="Us", url="https://b.example/",
        codes=CODES,
    )  # fmt: skip
    assert (article.published, article.headline, article.author) == (date(2020, 1, 1), "Mine", "Me")
    assert (article.publisher, article.url) == ("Us", "https://b.example/")
