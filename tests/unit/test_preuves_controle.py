"""What is taken as evidence, what is refused and why, and what is left of it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject

from ccm_data.errors import FichierIllisible
from ccm_data.preuves import archives, controle
from ccm_data.preuves.controle import TYPES_MIME, check_preuve
from pages.ui.texts import ERREURS, say_erreur
from tests.aides import preuves as aide
from tests.aides.preuves import SECRET, Pdf, make_dict, make_docx, make_flux, make_jpeg, make_pdf, make_png, make_zip


def make_xlsx() -> bytes:
    classeur = Workbook()
    classeur.active["A1"] = "Comités"
    classeur.properties.creator = classeur.properties.lastModifiedBy = SECRET.decode()
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def make_pdf_actif(cle: str, valeur: object) -> bytes:
    return Pdf().put(cle, valeur).save()  # type: ignore[arg-type]


def make_pdf_lien(action: str) -> bytes:
    """A link on the page that does this when clicked."""
    lien = make_dict(Type="/Annot", Subtype="/Link", Rect=ArrayObject(), A=make_dict(S=action, F="calc"))
    return Pdf().put_page("/Annots", ArrayObject([lien])).save()


def make_pdf_joint() -> bytes:
    pdf = Pdf()
    pdf.ecrit.add_attachment("paie.csv", b"nom;montant")
    return pdf.save()


def make_pdf_chiffre() -> bytes:
    pdf = Pdf()
    pdf.ecrit.encrypt("", "proprietaire", algorithm="RC4-128")
    return pdf.save()


def make_pdf_geant(nombre: int) -> bytes:
    pdf = Pdf()
    return pdf.put("/Divers", ArrayObject([pdf.add(make_dict(N=f"/x{n}")) for n in range(nombre)])).save()


VBA = {"word/vbaProject.bin": aide.OLE}
REFUS = {
    "an empty file": ("pv.pdf", b"", "preuve_vide"),
    "ten megabytes and one byte": ("pv.pdf", b"%PDF-" + bytes(9_999_996), "preuve_trop_grosse"),
    "a program called PDF": ("pv.pdf", b"MZ\x90\0" + bytes(900), "preuve_type"),
    "a text called PDF": ("pv.pdf", "Procès-verbal".encode(), "preuve_type"),
    "a page of the web called JPEG": ("photo.jpg", b"<html><script>alert(1)</script>", "preuve_type"),
    "a drawing with script": ("carte.svg", b"<svg xmlns='x'><script/></svg>", "preuve_type"),
    "a program before a PDF": ("pv.pdf", b"MZ\x90\0" + make_pdf(), "preuve_type"),
    "an archive that is no document": ("pv.docx", make_zip({"a.txt": b"a"}), "preuve_type"),
    "a slide show": ("pv.docx", make_docx(principal=aide.DOCX.replace("wordprocessingml.document", "x")), "preuve_type"),
    "a Word 97 document": ("pv.doc", aide.OLE, "preuve_ancien_format"),
    "an encrypted DOCX": ("pv.docx", aide.OLE + "EncryptedPackage".encode("utf-16-le"), "preuve_chiffree"),
    "a PDF that asks no password but is encrypted": ("pv.pdf", make_pdf_chiffre(), "preuve_chiffree"),
    "a PDF cut short": ("pv.pdf", b"%PDF-1.7\n1 0 obj\n<<", "preuve_abimee"),
    "a PDF with a script": (
        "pv.pdf", make_pdf_actif("/OpenAction", make_dict(S="/JavaScript", JS="app.alert(1)")), "preuve_active"),
    "a PDF with a script under escaped names": (
        "pv.pdf",
        make_pdf_actif("/OpenAction", make_dict(S="/JavaScript", JS="x")).replace(b"/JavaScript", b"/Java#53cript")
        .replace(b"/JS", b"/#4aS"),
        "preuve_active"),
    "a PDF that starts a program": ("pv.pdf", make_pdf_lien("/Launch"), "preuve_active"),
    "a PDF that sends a form": ("pv.pdf", make_pdf_lien("/SubmitForm"), "preuve_active"),
    "a PDF with a dynamic form": (
        "pv.pdf", make_pdf_actif("/AcroForm", make_dict(XFA=make_flux(b"<xdp/>"))), "preuve_active"),
    "a PDF with a file inside": ("pv.pdf", make_pdf_joint(), "preuve_jointe"),
    "a DOCX with macros": ("pv.docx", make_docx(VBA), "preuve_macros"),
    "a DOCX whose macros go under another name": (
        "pv.docx", make_docx({"word/x.dat": b"x"}, {"word/x.dat": "application/vnd.ms-office.vbaProject"}),
        "preuve_macros"),
    "a DOCM called DOCX": (
        "pv.docx",
        make_docx(principal="application/vnd.ms-word.document.macroEnabled.main+xml"), "preuve_macros"),
    "a DOCX with an object inside": ("pv.docx", make_docx({"word/embeddings/oleObject1.bin": aide.OLE}), "preuve_jointe"),
    "a DOCX with a program under a picture's name": (
        "pv.docx", make_docx({"word/media/image2.png": b"MZ\x90\0"}), "preuve_jointe"),
    "a DOCX with an archive inside": (
        "pv.docx", make_docx({"word/embeddings/a.zip": make_zip({"a": b"a"})}), "preuve_jointe"),
    "a DOCX that fetches a picture": (
        "pv.docx", make_docx({"word/_rels/document.xml.rels": aide.make_lien("image", "http://exemple.invalid/x.png")}),
        "preuve_externe"),
    "a DOCX whose link runs a script": (
        "pv.docx", make_docx({"word/_rels/document.xml.rels": aide.make_lien("hyperlink", "javascript:alert(1)")}),
        "preuve_externe"),
    "a DOCX with a command field": (
        "pv.docx", make_docx({"word/footer1.xml": b"<w:instrText> DDEAUTO c:\\\\x \"y\"</w:instrText>"}), "preuve_active"),
    "a DOCX that declares entities": (
        "pv.docx", make_docx({"word/footer1.xml": b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), "preuve_abimee"),
    "a DOCX with a member outside itself": ("pv.docx", make_docx({"../../x.xml": b"<x/>"}), "preuve_abimee"),
    "a zip bomb by its ratio": ("pv.docx", make_docx({"word/b.xml": bytes(20_000_000)}), "preuve_bombe"),
    "a zip bomb by its members": (
        "pv.docx", make_docx({f"word/{n}.xml": b"" for n in range(archives.MEMBRES_MAX)}), "preuve_bombe"),
    "a zip bomb that understates its size": (
        "pv.docx", aide.lie_about_size(make_docx({"word/b.xml": bytes(20_000_000)}), "word/b.xml", 900), "preuve_bombe"),
    "a zip bomb that overstates its size": (
        "pv.docx", aide.lie_about_size(make_docx({"word/b.xml": b"<x/>"}), "word/b.xml", 4_000_000_000), "preuve_bombe"),
    "a DOCX cut short": ("pv.docx", make_docx()[:-60], "preuve_abimee"),
    "an 80-megapixel PNG": ("photo.png", aide.make_png_declare(10_000, 8_000), "preuve_immense"),
    "an 80-megapixel JPEG": ("photo.jpg", aide.make_jpeg_declare(10_000, 8_000), "preuve_immense"),
    "a PNG without pixels": ("photo.png", aide.make_png_declare(0, 8), "preuve_abimee"),
    "a PNG cut short": ("photo.png", make_png()[:200], "preuve_abimee"),
    "a JPEG cut short": ("photo.jpg", make_jpeg(largeur=600, hauteur=600)[:-3000], "preuve_abimee"),
    "a JPEG of a thousand passes": ("photo.jpg", make_jpeg() + b"\xff\xda" * 1000, "preuve_bombe"),
}  # fmt: skip


@pytest.mark.parametrize("cas", REFUS)
def test_is_refused_with_a_sentence(cas: str) -> None:
    nom, octets, code = REFUS[cas]
    with pytest.raises(FichierIllisible) as refus:
        check_preuve(nom, octets)
    assert refus.value.code == code
    phrase = say_erreur(refus.value)
    assert code in ERREURS
    assert nom in phrase
    assert "…" not in phrase, "the sentence lacks a fact"


def test_bombs_nested_in_one_another_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    dedans = make_docx({"word/b.xml": b"<x>" + b" " * 900_000 + b"</x>"})
    monkeypatch.setattr(archives.Reserve.__init__, "__defaults__", (2_000_000, archives.MEMBRES_MAX))
    check_preuve("un.docx", make_docx({"word/embeddings/1.docx": dedans}))
    with pytest.raises(FichierIllisible, match="preuve_bombe"):
        check_preuve("trois.docx", make_docx({f"word/embeddings/{n}.docx": dedans for n in range(3)}))


def test_a_pdf_of_too_many_objects_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccm_data.preuves.pdf.OBJETS_MAX", 100)
    check_preuve("pv.pdf", make_pdf_geant(50))
    with pytest.raises(FichierIllisible, match="preuve_bombe"):
        check_preuve("pv.pdf", make_pdf_geant(150))


def test_a_large_picture_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def _never(*_a: object, **_k: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image, "open", _never)
    with pytest.raises(FichierIllisible, match="preuve_immense"):
        check_preuve("photo.png", aide.make_png_declare(10_000, 8_000))


@pytest.mark.parametrize(
    ("nom", "octets", "attendu"),
    [
        pytest.param("rapport.pdf", make_png(), ("rapport.png", "png"), id="a picture called PDF"),
        pytest.param("photo.png", make_jpeg(), ("photo.jpg", "jpg"), id="a JPEG called PNG"),
        pytest.param("photo.JPEG", make_jpeg(), ("photo.jpg", "jpg"), id="a JPEG"),
        pytest.param("pv.exe", make_pdf(), ("pv.pdf", "pdf"), id="a PDF called program"),
        pytest.param("tableau.docx", make_xlsx(), ("tableau.xlsx", "xlsx"), id="a workbook called DOCX"),
        pytest.param("", make_docx(), ("preuve.docx", "docx"), id="a document without name"),
    ],
)
def test_is_taken_as_what_it_is(nom: str, octets: bytes, attendu: tuple[str, str]) -> None:
    lue = check_preuve(nom, octets)
    assert (lue.nom, lue.type_mime) == (attendu[0], TYPES_MIME[attendu[1]])


@pytest.mark.parametrize(
    "octets",
    [make_jpeg(), make_png(), make_pdf(), make_docx(), make_xlsx()],
    ids=["JPEG", "PNG", "PDF", "DOCX", "XLSX"],
)
def test_what_is_kept_may_come_again_and_is_then_the_same(octets: bytes) -> None:
    lue = check_preuve("f", octets)
    assert check_preuve("f", octets) == lue
    encore = check_preuve(lue.nom, lue.octets)
    assert len(encore.octets) <= len(lue.octets) * 1.1
    if "image" not in lue.type_mime:
        assert encore == lue


@pytest.mark.parametrize("octets", [make_jpeg(), make_png()], ids=["JPEG", "PNG"])
def test_a_picture_keeps_its_colours_and_loses_its_place(octets: bytes) -> None:
    with Image.open(io.BytesIO(octets)) as avant:
        assert avant.getexif().get_ifd(aide.GPS), "the picture of the test has a position"
        profil = avant.info["icc_profile"]
    propre = check_preuve("photo", octets).octets
    with Image.open(io.BytesIO(propre)) as apres:
        apres.load()
        assert dict(apres.getexif()) == {}
        assert apres.info["icc_profile"] == profil
        assert not {"comment", "xmp", "exif", "Author", "XML:com.adobe.xmp"} & set(apres.info)
        assert apres.size == (60, 40)
    assert SECRET not in propre
    assert b"Exif" not in propre
    assert b"eXIf" not in propre


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_before_it_forgets_how(orientation: int) -> None:
    octets = make_jpeg(orientation)
    with Image.open(io.BytesIO(octets)) as image:
        attendue = ImageOps.exif_transpose(image).convert("L")
    with Image.open(io.BytesIO(check_preuve("photo", octets).octets)) as apres:
        assert apres.size == attendue.size
        coins = [(2, 2), (apres.width - 3, 2), (2, apres.height - 3), (apres.width - 3, apres.height - 3)]
        grise = apres.convert("L")
        for coin in coins:
            assert abs(int(grise.getpixel(coin)) - int(attendue.getpixel(coin))) < 40  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_keeps_its_kind_of_colour(mode: str) -> None:
    sortie = io.BytesIO()
    Image.new(mode, (30, 20), 120 if mode == "L" else (10, 200, 30, 0)[: len(mode)]).save(sortie, "JPEG")
    with Image.open(io.BytesIO(check_preuve("photo", sortie.getvalue()).octets)) as apres, Image.open(sortie) as avant:
        assert (apres.mode, apres.size) == (mode, (30, 20))
        for vu, voulu in zip(_list_bandes(apres.convert("RGB")), _list_bandes(avant.convert("RGB")), strict=True):
            assert abs(vu - voulu) < 8


def _list_bandes(image: Image.Image) -> tuple[int, ...]:
    pixel = image.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return tuple(int(b) for b in pixel)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_pixels(mode: str) -> None:
    image = Image.new(mode, (9, 7), 1)
    sortie = io.BytesIO()
    image.save(sortie, "PNG", **({"transparency": 0} if mode == "P" else {}))
    with Image.open(io.BytesIO(check_preuve("x", sortie.getvalue()).octets)) as apres, Image.open(sortie) as avant:
        assert apres.mode == avant.mode
        assert apres.tobytes() == avant.tobytes()
        assert apres.info.get("transparency") == avant.info.get("transparency")


def test_a_pdf_loses_its_properties_and_keeps_its_pages() -> None:
    octets = make_pdf()
    propre = check_preuve("pv.pdf", octets).octets
    lecteur = PdfReader(io.BytesIO(propre))
    assert not lecteur.metadata
    assert lecteur.xmp_metadata is None
    assert len(lecteur.pages) == 1
    note = lecteur.pages[0]["/Annots"][0].get_object()
    assert note["/Contents"] == "Vu"
    photo = lecteur.pages[0]["/Resources"]["/XObject"]["/Photo"]
    with Image.open(io.BytesIO(photo._data)) as image:
        image.load()
        assert image.size == (60, 40)
        assert not image.getexif()
    for trace in (SECRET, SECRET.decode().encode("utf-16-be"), b"Exif", b"xmpmeta"):
        assert trace not in propre


def test_a_pdf_loses_its_former_revisions() -> None:
    premier = Pdf().put("/Divers", make_dict(X=SECRET.decode())).save()
    assert SECRET in check_preuve("pv.pdf", premier).octets, "what the document still holds stays"
    revision = PdfWriter(io.BytesIO(premier), incremental=True)
    del revision.root_object["/Divers"]
    sortie = io.BytesIO()
    revision.write(sortie)
    assert SECRET in sortie.getvalue()
    assert SECRET not in check_preuve("pv.pdf", sortie.getvalue()).octets


def test_a_form_field_keeps_its_name() -> None:
    champ = make_dict(Type="/Annot", Subtype="/Widget", FT="/Tx", T="Nombre de comités", Rect=ArrayObject())
    octets = Pdf().put_page("/Annots", ArrayObject([champ])).save()
    lecteur = PdfReader(io.BytesIO(check_preuve("f.pdf", octets).octets))
    assert lecteur.pages[0]["/Annots"][0].get_object()["/T"] == "Nombre de comités"


def test_a_link_to_a_site_stays_in_a_pdf() -> None:
    lien = make_dict(
        Type="/Annot", Subtype="/Link", Rect=ArrayObject(), A=make_dict(S="/URI", URI="https://exemple.invalid")
    )
    lue = check_preuve("f.pdf", Pdf().put_page("/Annots", ArrayObject([lien])).save())
    annotation = PdfReader(io.BytesIO(lue.octets)).pages[0]["/Annots"][0].get_object()
    assert annotation["/A"]["/URI"] == "https://exemple.invalid"


def test_a_document_loses_its_authors_and_keeps_its_text() -> None:
    avant = aide.read_zip(make_docx())
    assert SECRET in avant["docProps/core.xml"]
    apres = aide.read_zip(check_preuve("pv.docx", make_docx()).octets)
    assert set(apres) == set(avant)
    assert not [nom for nom, octets in apres.items() if SECRET in octets]
    assert "PV du comité d’Arlit".encode() in apres["word/document.xml"]
    assert b'w:author=""' in apres["word/document.xml"]
    assert b"<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in apres["docProps/core.xml"]


def test_a_photo_in_a_document_loses_its_place_and_stays_upright() -> None:
    apres = aide.read_zip(check_preuve("pv.docx", make_docx()).octets)
    with Image.open(io.BytesIO(apres["word/media/image1.jpeg"])) as photo:
        photo.load()
        assert dict(photo.getexif()) == {aide.ORIENTATION: 6}
        assert photo.size == (60, 40)


def test_a_workbook_loses_its_author_and_opens_again() -> None:
    classeur = load_workbook(io.BytesIO(check_preuve("t.xlsx", make_xlsx()).octets))
    assert classeur.active["A1"].value == "Comités"
    assert (classeur.properties.creator, classeur.properties.lastModifiedBy) == (None, None)


def test_a_chart_s_workbook_stays_in_its_report_without_its_author() -> None:
    octets = make_docx({"word/embeddings/Feuille.xlsx": make_xlsx()})
    dedans = aide.read_zip(check_preuve("pv.docx", octets).octets)["word/embeddings/Feuille.xlsx"]
    assert SECRET not in b"".join(aide.read_zip(dedans).values())


def test_a_document_forgets_the_path_of_its_model() -> None:
    modele = {
        "word/settings.xml": b'<w:settings xmlns:w="w" xmlns:r="r"><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>',
        "word/_rels/settings.xml.rels": aide.make_lien("attachedTemplate", f"C:/Users/{SECRET.decode()}/x.dotm"),
    }
    apres = aide.read_zip(check_preuve("pv.docx", make_docx(modele)).octets)
    assert SECRET not in b"".join(apres.values())
    assert b"attachedTemplate" not in b"".join(apres.values())
    assert b"<w:zoom/>" in apres["word/settings.xml"]


def test_a_link_to_a_site_stays_in_a_document() -> None:
    lien = aide.make_lien("hyperlink", "https://www.exemple.com")
    apres = aide.read_zip(check_preuve("pv.docx", make_docx({"word/_rels/document.xml.rels": lien})).octets)
    assert apres["word/_rels/document.xml.rels"] == lien


BONS = [make_jpeg(), make_png(), make_pdf(), make_docx(), make_xlsx()]


def judge(octets: bytes) -> str:
    """The code of the refusal, or « prise »."""
    try:
        check_preuve("x", octets)
    except FichierIllisible as refus:
        return refus.code
    return "prise"


@given(
    st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b""]), st.binary(max_size=400)
)
def test_any_bytes_are_taken_or_refused_never_a_trace(debut: bytes, suite: bytes) -> None:
    assert judge(debut + suite) in {"prise", *ERREURS}


@given(st.data())
def test_a_damaged_file_is_taken_or_refused_never_a_trace(data: st.DataObject) -> None:
    octets = bytearray(data.draw(st.sampled_from(BONS)))
    for ici in data.draw(st.lists(st.integers(0, len(octets) - 1), min_size=1, max_size=6)):
        octets[ici] = data.draw(st.integers(0, 255))
    assert judge(bytes(octets)) in {"prise", *ERREURS}


def test_ten_megabytes_exactly_are_not_too_many() -> None:
    assert controle.OCTETS_MAX == 10_000_000
    with pytest.raises(FichierIllisible, match="preuve_type"):
        check_preuve("x", bytes(10_000_000))
