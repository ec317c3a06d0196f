"""Apache Jena's command line, as Debian packages it: another implementation to ask the same of."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

#: Debian's folder of libraries, and those that the commands need.
_LIBRARIES = Path("/usr/share/java")
_NEEDED = (
    "jena-*", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3",
    "dexx.collection", "gson", "guava", "httpclient*", "httpcore*", "jackson-*", "jsonld-java", "thrift", "protobuf",
    "slf4j-api", "slf4j-nop", "titanium-json-ld",
)  # fmt: skip
_MESSAGES = "org/apache/jena/ext/xerces/"
#: The compiler that starts fastest: no command runs for long.
_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g")


def is_installed() -> bool:
    """Whether Java and Debian's ``libapache-jena-java`` are here."""
    return shutil.which("java") is not None and (_LIBRARIES / "jena-cmds.jar").exists()


@cache
def _class_path(folder: Path) -> str:
    """The class path. Jena's own copy of Xerces looks for its messages where Debian's package does not put them."""
    with zipfile.ZipFile(_LIBRARIES / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MESSAGES) and name.endswith(".properties"):
                target = folder / "xerces" / name.removeprefix(_MESSAGES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = (path for name in _NEEDED for path in sorted(_LIBRARIES.glob(f"{name}.jar")))
    return ":".join(map(str, (folder, *jars)))


def run(command: str, *arguments: str | Path, folder: Path) -> bytes:
    """What a command such as ``arq.arq`` prints; ``folder`` is for what it needs. Fails where it does."""
    ran = subprocess.run(
        ["java", *_OPTIONS, "-cp", _class_path(folder), command, *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    return ran.stdout
