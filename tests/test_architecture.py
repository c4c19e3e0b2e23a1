"""The walls of the house, read from the imports and the files themselves."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccm_data.domain import vocabulaire
from outils.traduire import is_traduit, list_textes, list_traductions

RACINE = Path(__file__).resolve().parent.parent
LIGNES_MAX = 400
# layer → layers of ours that it may import
PERMIS = {
    "ccm_data.domain": {"ccm_data.domain", "ccm_data.errors"},
    "ccm_data.models": {"ccm_data.models", "ccm_data.domain", "ccm_data.errors"},
}
# layer → what it never imports, ours or not
INTERDITS = {
    "ccm_data": {"streamlit", "pages", "outils", "tests"},
    "ccm_data.domain": {"sqlalchemy", "plotly", "folium"},
    "ccm_data.queries": {
        "ccm_data.commands",
        "ccm_data.imports",
        "ccm_data.figures",
        "ccm_data.reports",
        "ccm_data.exports",
    },
    # a command carries facts; the screens put them into words
    "ccm_data.commands": {"ccm_data.figures", "ccm_data.exports", "ccm_data.phrases", "ccm_data.textes", "pandas"},
    "ccm_data.figures": {"ccm_data.commands", "ccm_data.models", "ccm_data.db", "sqlalchemy"},
    "ccm_data.phrases": {"ccm_data.commands", "ccm_data.models", "ccm_data.db", "sqlalchemy"},
    "ccm_data.exports": {"ccm_data.commands"},
    "pages": {"outils", "tests", "app"},
    "outils": {"streamlit", "pages", "tests"},
}
# A screen's package may import these of ccm_data; what writes SQL or draws stays behind them.
INTERDITS_AUX_ECRANS = {"pandas", "sqlalchemy", "plotly", "folium", "numpy", "ccm_data.models", "ccm_data.db"}


def list_python(*dossiers: str) -> list[Path]:
    return sorted(f for d in dossiers for f in (RACINE / d).rglob("*.py") if "__pycache__" not in f.parts)


def list_imports(fichier: Path) -> Iterator[str]:
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            yield from (nom.name for nom in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            yield noeud.module
            yield from (f"{noeud.module}.{nom.name}" for nom in noeud.names)


def is_in(module: str, paquet: str) -> bool:
    return module == paquet or module.startswith(paquet + ".")


def say(fichier: Path) -> str:
    return fichier.relative_to(RACINE).as_posix()


def list_ecrans() -> list[Path]:
    return [
        f for f in list_python("pages") if f.parent.name != "ui" and "ui" not in f.parts and f.name != "__init__.py"
    ]


@pytest.mark.parametrize("couche", INTERDITS)
def test_a_layer_never_imports_what_stands_above_it(couche: str) -> None:
    fautes = [
        (say(fichier), module)
        for fichier in list_python(couche.replace(".", "/"))
        for module in list_imports(fichier)
        if any(is_in(module, interdit) for interdit in INTERDITS[couche])
    ]
    assert not fautes


def test_nobody_imports_a_screen() -> None:
    sections = {say(f.parent).replace("/", ".") for f in list_ecrans()}
    fautes = [
        (say(fichier), module)
        for fichier in [RACINE / "app.py", *list_python("ccm_data", "pages", "outils")]
        for module in list_imports(fichier)
        if any(is_in(module, section) for section in sections)
    ]
    assert sections
    assert not fautes


@pytest.mark.parametrize("couche", PERMIS)
def test_a_lower_floor_never_imports_a_higher_one(couche: str) -> None:
    fautes = [
        (say(fichier), module)
        for fichier in list_python(couche.replace(".", "/"))
        for module in list_imports(fichier)
        if is_in(module, "ccm_data") and not any(is_in(module, permis) for permis in PERMIS[couche])
    ]
    assert not fautes


@pytest.mark.parametrize("fichier", list_ecrans(), ids=say)
def test_a_screen_calls_and_does_not_compute(fichier: Path) -> None:
    fautes = [m for m in list_imports(fichier) if any(is_in(m, interdit) for interdit in INTERDITS_AUX_ECRANS)]
    assert not fautes


@pytest.mark.parametrize("fichier", list_ecrans(), ids=say)
def test_the_first_statement_of_a_screen_is_its_guard(fichier: Path) -> None:
    corps = ast.parse(fichier.read_text(encoding="utf-8")).body
    premiers = [n for n in corps if not isinstance(n, (ast.Import, ast.ImportFrom))]
    assert isinstance(premiers[0], ast.Expr), "a screen begins with its docstring"
    assert ast.unparse(premiers[1]) == f"contexte = open_ecran('{fichier.stem}')"


def find_files(motif: str, *dossiers: str) -> list[str]:
    return [say(f) for f in list_python(*dossiers) if re.search(motif, f.read_text(encoding="utf-8"))]


def test_one_file_touches_the_session_state() -> None:
    assert find_files(r"\bst\.session_state\b", "pages", "ccm_data") == ["pages/ui/session.py"]


def test_one_file_caches() -> None:
    assert find_files(r"@st\.cache_(data|resource)", "pages", "ccm_data") == ["pages/ui/cache.py"]


def test_raw_html_stands_nowhere() -> None:
    assert find_files(r"unsafe_allow_html", "pages", "ccm_data") == []


def test_one_file_loads_a_script_of_our_own() -> None:
    assert find_files(r"unsafe_allow_javascript", "pages", "ccm_data") == ["pages/ui/champs.py"]


def list_pieces() -> list[Path]:
    """All our files but migrations, which Alembic writes once, as long as the schema."""
    return [f for f in list_python("ccm_data", "pages", "outils", "tests", "benchmarks") if "versions" not in f.parts]


@pytest.mark.parametrize("fichier", list_pieces(), ids=say)
def test_a_file_is_one_room(fichier: Path) -> None:
    assert len(fichier.read_text(encoding="utf-8").splitlines()) <= LIGNES_MAX


def list_suivis() -> list[Path]:
    """Every text file of the project, committed or about to be."""
    fait = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=RACINE, capture_output=True, text=True, check=True
    )
    fichiers = [RACINE / nom for nom in fait.stdout.splitlines()]
    return [f for f in fichiers if f.is_file() and f.suffix not in {".svg", ".png", ".geojson", ".woff2", ".xlsx"}]


@pytest.mark.parametrize(
    "motif",
    [
        pytest.param(r"(^|[\s\"'(=])/(home|root|work|farm|tmp|opt|srv|mnt)/\w", id="path of a machine"),
        pytest.param(r"(?<![\w/:@])[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}\b", id="e-mail address"),
        pytest.param(
            r"file:///|--(extra-)?index-url|--find-links|//[\w.-]+:\d{4}/simple", id="package registry of ours"
        ),
    ],
)
def test_nothing_of_the_makers_own_place_is_in_the_project(motif: str) -> None:
    cherche = re.compile(motif, re.MULTILINE)
    fautes = {
        say(fichier): trouve[0]
        for fichier in list_suivis()
        if fichier != Path(__file__)
        and (trouve := cherche.search(fichier.read_text(encoding="utf-8", errors="replace")))
    }
    assert not fautes


def test_no_personal_data_is_in_the_reference_files() -> None:
    courriel, telephone = re.compile(r"[\w.+-]+@[\w-]+\.\w"), re.compile(r"\(?\+?227\)?[\s.]?\d{2}([\s.]?\d{2}){3}")
    for fichier in sorted((RACINE / "ccm_data" / "reference").rglob("*.csv")):
        texte = fichier.read_text(encoding="utf-8")
        assert not courriel.search(texte), say(fichier)
        assert not telephone.search(texte), say(fichier)


def test_every_text_of_the_interface_has_its_english() -> None:
    traductions = list_traductions()
    manquants = {
        str(t): ou for t, ou in list_textes().items() if t not in traductions or not is_traduit(traductions[t][0])
    }
    assert not manquants, f"{len(manquants)} texts without English; run « python -m outils.traduire --liste »"


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    textes = list_textes()
    assert [t for t in list_traductions() if t not in textes] == []


def list_champs(texte: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", texte))


def test_a_translation_keeps_the_fields_of_its_text() -> None:
    fautes = []
    for identifiant, (message, _fichier) in list_traductions().items():
        formes = (identifiant,) if isinstance(identifiant, str) else identifiant
        attendus = set().union(*(list_champs(f) for f in formes))
        chaines = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        fautes += [(identifiant, c) for c in chaines if c and not list_champs(c) <= attendus]
        if chaines and chaines[-1] and list_champs(chaines[-1]) != list_champs(formes[-1]):
            fautes.append((identifiant, chaines[-1]))
    assert not fautes


def list_enums() -> Iterator[str]:
    for nom, objet in vars(vocabulaire).items():
        if isinstance(objet, type) and issubclass(objet, vocabulaire.StrEnum) and objet is not vocabulaire.StrEnum:
            yield re.sub(r"(?<!^)(?=[A-Z])", "_", nom).lower()
            yield from (membre.value for membre in objet)


def test_the_glossary_gives_every_noun_of_the_vocabulary() -> None:
    lignes = (RACINE / "docs" / "glossaire.md").read_text(encoding="utf-8").splitlines()
    expliques = {m[1] for ligne in lignes if (m := re.match(r"- `(\w+)`", ligne))}
    assert sorted(set(list_enums()) - expliques) == []
