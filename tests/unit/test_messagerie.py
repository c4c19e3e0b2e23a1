"""Reminders by e-mail, against a real mail server of our own on this machine: what leaves, what is refused, what is told."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ccm_data.config import RACINE, ReglagesCourriel, is_adresse, read_adresse_publique, read_courriel
from ccm_data.errors import CCMError, EnvoiImpossible, FichierIllisible, ReglageManquant, ValeurInvalide
from ccm_data.messagerie.carnet import read_carnet
from ccm_data.messagerie.courriel import Courriel, make_message
from ccm_data.messagerie.smtp import send_courriels
from pages.ui.texts import say_erreur
from tests.aides.courrier import EXPEDITEUR, Boite, find_port, make_adresse, serve

MAINTENANT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
DELAI_S = 2.0
MOT = "un mot de passe"


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def serveur(boite: Boite) -> Iterator[ReglagesCourriel]:
    with serve(boite) as reglages:
        yield reglages


@pytest.fixture
def serveur_mot_de_passe(boite: Boite) -> Iterator[ReglagesCourriel]:
    def _check(server: Any, session: Any, envelope: Any, mecanisme: str, donnees: Any) -> AuthResult:
        juste = donnees.login == b"rappels" and donnees.password == MOT.encode()
        return AuthResult(success=juste, handled=juste)

    with serve(boite, authenticator=_check, auth_require_tls=False) as reglages:
        yield reglages


@pytest.fixture
def certificat(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, signed by itself: its file, its key's."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    vrai = datetime.now(tz=UTC)
    fait = (
        x509.CertificateBuilder().subject_name(nom).issuer_name(nom).public_key(cle.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(vrai - timedelta(days=1))
        .not_valid_after(vrai + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(cle, hashes.SHA256())
    )  # fmt: skip
    public, prive = tmp_path / "certificat.pem", tmp_path / "cle.pem"
    public.write_bytes(fait.public_bytes(serialization.Encoding.PEM))
    prive.write_bytes(
        cle.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return public, prive


@pytest.fixture
def serveur_tls(boite: Boite, certificat: tuple[Path, Path]) -> Iterator[ReglagesCourriel]:
    contexte = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    contexte.load_cert_chain(*certificat)
    with serve(boite, tls_context=contexte, require_starttls=True) as reglages:
        yield replace(reglages, tls="starttls")


def make_courriel(declarant: str = "NE001", **champs: Any) -> Courriel:
    return Courriel(
        **({
            "declarant": declarant, "sujet": f"SP/CCM, rappel à Tillabéri ({declarant})", "adresse": make_adresse(declarant),
            "texte": "Bonjour,\n\nRapports à rendre : « T3 2026 », 39 jours.\n.\nMerci\n",
        } | champs)
    )  # fmt: skip


def send(reglages: ReglagesCourriel, *courriels: Courriel, **options: Any) -> list[tuple[str, str | None]]:
    resultats = send_courriels(reglages, courriels, MAINTENANT, delai_s=DELAI_S, **options)
    return [(x.declarant, x.erreur) for x in resultats]


# --- what leaves


def test_each_recipient_has_a_message_of_his_own_in_plain_french(serveur: ReglagesCourriel, boite: Boite) -> None:
    assert send(serveur, make_courriel("NE001"), make_courriel("oim")) == [("NE001", None), ("oim", None)]
    recus = boite.read()
    assert [e.rcpt_tos for e in boite.recus] == [[make_adresse("NE001")], [make_adresse("oim")]]
    for message, autre in zip(recus, ("oim", "NE001"), strict=True):
        assert make_adresse(autre) not in message.as_string(), "nobody reads the address of another"
        assert message.get_content_type() == "text/plain"
        assert message.get_content_charset() == "utf-8"
        assert message.get_content().replace("\r\n", "\n") == make_courriel().texte
        assert message["From"] == EXPEDITEUR
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Date"].datetime == MAINTENANT
        assert message["Message-ID"].endswith("exemple.test>")
    assert len({m["Message-ID"] for m in recus}) == 2


def test_a_subject_with_accents_travels_encoded_and_is_read_back(serveur: ReglagesCourriel, boite: Boite) -> None:
    sujet = "SP/CCM, rappel à Tillabéri : 12 éléments attendus, le plus ancien depuis le 1er février, « T3 2026 »"
    send(serveur, make_courriel(sujet=sujet))
    brut = bytes(boite.recus[0].content or b"")
    entetes = brut.partition(b"\r\n\r\n")[0]
    assert entetes.isascii()
    assert b"=?utf-8?" in entetes
    assert boite.read()[0]["Subject"] == sujet


def test_a_refused_recipient_stops_nobody_else(serveur: ReglagesCourriel, boite: Boite) -> None:
    boite.refuse = {"NE002"}
    resultats = send(serveur, *(make_courriel(c) for c in ("NE001", "NE002", "NE003")))
    assert resultats == [("NE001", None), ("NE002", "destinataire_refuse"), ("NE003", None)]
    assert len(boite.recus) == 2


def test_a_connection_that_breaks_is_taken_up_again(serveur: ReglagesCourriel, boite: Boite) -> None:
    boite.rompt = {"NE002"}
    resultats = send(serveur, *(make_courriel(c) for c in ("NE001", "NE002", "NE003")))
    assert resultats == [("NE001", None), ("NE002", "smtp_injoignable"), ("NE003", None)]


@pytest.mark.parametrize(
    "champs",
    [
        pytest.param({"sujet": "Rappel\nBcc: autre"}, id="a line break in the subject"),
        pytest.param({"sujet": "Rappel\rBcc: autre"}, id="a carriage return"),
        pytest.param({"sujet": "Rappel\u2028suite"}, id="a line separator"),
        pytest.param({"sujet": "Rappel\x00"}, id="a null"),
        pytest.param({"sujet": ""}, id="no subject"),
        pytest.param({"adresse": make_adresse("a") + "\nBcc: " + make_adresse("b")}, id="a header in the address"),
        pytest.param({"adresse": make_adresse("a") + "," + make_adresse("b")}, id="two addresses"),
        pytest.param({"adresse": "Nom <" + make_adresse("a") + ">"}, id="a name in the address"),
    ],
)
def test_what_could_add_a_header_is_refused_and_the_others_leave(
    serveur: ReglagesCourriel, boite: Boite, champs: dict[str, str]
) -> None:
    assert send(serveur, make_courriel(**champs), make_courriel("oim")) == [("NE001", "entete_refuse"), ("oim", None)]
    assert [e.rcpt_tos for e in boite.recus] == [[make_adresse("oim")]]


def test_a_sender_that_could_add_a_header_is_refused() -> None:
    with pytest.raises(ValeurInvalide, match="entete_refuse"):
        make_message(make_courriel(), EXPEDITEUR + "\nBcc: x", MAINTENANT)


# --- encryption and sign-in


def test_starttls_with_a_certificate_that_is_trusted(
    serveur_tls: ReglagesCourriel, boite: Boite, certificat: tuple[Path, Path]
) -> None:
    contexte = ssl.create_default_context(cafile=str(certificat[0]))
    assert send(serveur_tls, make_courriel(), contexte=contexte) == [("NE001", None)]
    assert len(boite.recus) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(serveur_tls: ReglagesCourriel, boite: Boite) -> None:
    check_impossible(serveur_tls, "smtp_certificat", "Le certificat du serveur d’envoi 127.0.0.1 est refusé")
    assert boite.recus == []


def test_a_server_without_starttls_is_not_spoken_to_in_clear(serveur: ReglagesCourriel, boite: Boite) -> None:
    check_impossible(replace(serveur, tls="starttls"), "smtp_sans_tls", "ne sait pas STARTTLS")
    assert boite.recus == []


def test_the_right_password_opens(serveur_mot_de_passe: ReglagesCourriel, boite: Boite) -> None:
    assert send(replace(serveur_mot_de_passe, utilisateur="rappels", mot_de_passe=MOT), make_courriel()) == [
        ("NE001", None)
    ]
    assert len(boite.recus) == 1


def test_a_wrong_password_is_told_and_never_repeated(serveur_mot_de_passe: ReglagesCourriel, boite: Boite) -> None:
    faux = replace(serveur_mot_de_passe, utilisateur="rappels", mot_de_passe="secret-faux")
    erreur = check_impossible(faux, "smtp_authentification", "refuse l’identifiant ou le mot de passe")
    assert "secret-faux" not in f"{erreur!r} {erreur} {faux!r}"
    assert boite.recus == []


def test_a_server_that_asks_no_password_is_told(serveur: ReglagesCourriel) -> None:
    check_impossible(
        replace(serveur, utilisateur="rappels", mot_de_passe=MOT), "smtp_sans_authentification", "ne demande pas de mot"
    )


# --- a server that is not there


def check_impossible(reglages: ReglagesCourriel, code: str, dit: str) -> EnvoiImpossible:
    with pytest.raises(EnvoiImpossible) as refus:
        send(reglages, make_courriel())
    assert refus.value.code == code
    assert dit in say_erreur(refus.value).replace("\u202f", " ").replace("\xa0", " ")
    return refus.value


def make_reglages(port: int, **champs: Any) -> ReglagesCourriel:
    return replace(ReglagesCourriel("127.0.0.1", port, "aucun", EXPEDITEUR, Path("adresses.csv")), **champs)


def test_a_server_that_is_down_is_told_in_french() -> None:
    port = find_port()
    check_impossible(make_reglages(port), "smtp_injoignable", f"127.0.0.1 (port {port}) ne répond pas")


def test_a_server_that_accepts_and_says_nothing_is_given_up() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as muet:
        depart = time.monotonic()
        check_impossible(make_reglages(muet.getsockname()[1]), "smtp_delai", "n’a pas répondu à temps")
        assert time.monotonic() - depart < 5 * DELAI_S


# --- settings

COMPLETS = {
    "CCM_SMTP_HOTE": "smtp.exemple.test", "CCM_SMTP_EXPEDITEUR": EXPEDITEUR, "CCM_RELANCES_DESTINATAIRES": "adresses.csv",
}  # fmt: skip


def test_nothing_is_sent_unless_it_is_set_up() -> None:
    assert read_courriel({}) is None
    assert read_courriel({"CCM_RELANCES_DESTINATAIRES": "adresses.csv"}) is None


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("TLS", 465), ("aucun", 25)])
def test_complete_settings(tls: str, port: int) -> None:
    lus = read_courriel({**COMPLETS, "CCM_SMTP_TLS": tls})
    assert lus is not None
    assert (lus.port, lus.tls) == (port, tls.lower() or "starttls")
    assert (lus.utilisateur, lus.mot_de_passe) == (None, None)
    assert read_courriel({**COMPLETS, "CCM_SMTP_PORT": "2525"}).port == 2525  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "nomme"),
    [
        ({"CCM_SMTP_HOTE": ""}, "CCM_SMTP_HOTE"),
        ({"CCM_SMTP_EXPEDITEUR": ""}, "CCM_SMTP_EXPEDITEUR"),
        ({"CCM_SMTP_EXPEDITEUR": "pas une adresse"}, "CCM_SMTP_EXPEDITEUR"),
        ({"CCM_SMTP_EXPEDITEUR": EXPEDITEUR + "\nBcc: x"}, "CCM_SMTP_EXPEDITEUR"),
        ({"CCM_RELANCES_DESTINATAIRES": ""}, "CCM_RELANCES_DESTINATAIRES"),
        ({"CCM_SMTP_TLS": "peut-être"}, "CCM_SMTP_TLS"),
        ({"CCM_SMTP_PORT": "0"}, "CCM_SMTP_PORT"),
        ({"CCM_SMTP_PORT": "70000"}, "CCM_SMTP_PORT"),
        ({"CCM_SMTP_PORT": "²"}, "CCM_SMTP_PORT"),
        ({"CCM_SMTP_UTILISATEUR": "rappels"}, "CCM_SMTP_MOT_DE_PASSE_FICHIER"),
        ({"CCM_SMTP_MOT_DE_PASSE": "tres-secret"}, "CCM_SMTP_UTILISATEUR"),
        ({"CCM_SMTP_UTILISATEUR": "r", "CCM_SMTP_MOT_DE_PASSE": "tres-secret-é"}, "CCM_SMTP_UTILISATEUR"),
        ({"CCM_SMTP_UTILISATEUR": "r", "CCM_SMTP_MOT_DE_PASSE_FICHIER": "absent"}, "CCM_SMTP_MOT_DE_PASSE_FICHIER"),
        ({"CCM_SMTP_UTILISATEUR": "r", "CCM_SMTP_MOT_DE_PASSE": "tres-secret", "CCM_SMTP_MOT_DE_PASSE_FICHIER": "x"},
         "CCM_SMTP_MOT_DE_PASSE"),
        ({"CCM_SMTP_UTILISATEUR": "r", "CCM_SMTP_MOT_DE_PASSE": "tres-secret", "CCM_SMTP_TLS": "aucun"}, "CCM_SMTP_TLS"),
    ],
)  # fmt: skip
def test_half_a_setting_names_itself_and_the_remedy(change: dict[str, str], nomme: str) -> None:
    with pytest.raises(ReglageManquant) as refus:
        read_courriel({**COMPLETS, **change})
    assert refus.value.faits["reglage"] == nomme
    assert refus.value.faits["remede"]
    assert nomme in say_erreur(refus.value)
    assert "tres-secret" not in f"{refus.value!r} {say_erreur(refus.value)}"


def test_a_password_is_read_from_its_file_without_its_line_end(tmp_path: Path) -> None:
    fichier = tmp_path / "secret"
    fichier.write_text(f"{MOT}\n", encoding="utf-8")
    env = {**COMPLETS, "CCM_SMTP_UTILISATEUR": "r", "CCM_SMTP_MOT_DE_PASSE_FICHIER": str(fichier)}
    lus = read_courriel(env)
    assert lus is not None
    assert lus.mot_de_passe == MOT
    assert MOT not in repr(lus)


@pytest.mark.parametrize(
    ("texte", "lue"),
    [("", ""), ("https://ccm.exemple.test/", "https://ccm.exemple.test"), ("http://a.test/b", "http://a.test/b")],
)
def test_the_public_address(texte: str, lue: str) -> None:
    assert read_adresse_publique({"CCM_ADRESSE_PUBLIQUE": texte}) == lue


@pytest.mark.parametrize("texte", ["ccm.exemple.test", "javascript:alert(1)", "https://a.test/?x=1", "https:// a"])
def test_what_is_no_public_address_is_refused(texte: str) -> None:
    with pytest.raises(ReglageManquant, match="CCM_ADRESSE_PUBLIQUE"):
        read_adresse_publique({"CCM_ADRESSE_PUBLIQUE": texte})


# --- the address book


def write_lignes(tmp_path: Path, *lignes: str, encodage: str = "utf-8") -> Path:
    fichier = tmp_path / "adresses.csv"
    fichier.write_bytes("\r\n".join(lignes).encode(encodage))
    return fichier


CONNUS = {"NE001", "oim", "sp-ccm"}


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("signe", [",", ";"])
def test_an_address_book_as_spreadsheets_write_it(tmp_path: Path, signe: str, encodage: str) -> None:
    lignes = [("Adresse", "remarque", "Declarant"), (make_adresse("a"), "é", "NE001"), ("", "", "")]
    lignes.append((make_adresse("b"), "", " oim "))
    fichier = write_lignes(tmp_path, *(signe.join(x) for x in lignes), encodage=encodage)
    assert read_carnet(fichier, CONNUS) == {"NE001": make_adresse("a"), "oim": make_adresse("b")}


@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        (f"NE099,{make_adresse('a')}", "carnet_declarant"),
        (f"NE001,{make_adresse('a')}", "carnet_deux_fois"),
        ("oim,pas une adresse", "carnet_adresse"),
        ("oim,", "carnet_adresse"),
        ("oim", "carnet_adresse"),
        (f"oim,{make_adresse('é')}", "carnet_adresse"),
        (f'oim,"{make_adresse("a")}, {make_adresse("b")}"', "carnet_adresse"),
    ],
)
def test_a_wrong_line_says_which_and_what(tmp_path: Path, ligne: str, code: str) -> None:
    fichier = write_lignes(tmp_path, "declarant,adresse", f"NE001,{make_adresse('premiere')}", ligne)
    with pytest.raises(ValeurInvalide) as refus:
        read_carnet(fichier, CONNUS)
    assert (refus.value.code, refus.value.faits["ligne"]) == (code, 3)
    dit = say_erreur(refus.value)
    assert "ligne 3" in dit
    assert "@" not in dit, "an error never repeats an address"


@pytest.mark.parametrize(
    ("contenu", "code"),
    [(b"\xff\xfe\x00", "carnet_illisible"), (b"nom,courriel\n", "carnet_colonnes"), (b"", "carnet_colonnes")],
)
def test_what_is_no_address_book_is_refused(tmp_path: Path, contenu: bytes, code: str) -> None:
    fichier = tmp_path / "adresses.csv"
    fichier.write_bytes(contenu)
    with pytest.raises(FichierIllisible, match=code):
        read_carnet(fichier, CONNUS)


def test_an_address_book_that_is_missing_or_in_the_project_is_refused(tmp_path: Path) -> None:
    for fichier, code in ((tmp_path / "absent.csv", "carnet_absent"), (RACINE / "README.md", "carnet_dans_le_projet")):
        with pytest.raises(ReglageManquant, match=code) as refus:
            read_carnet(fichier, CONNUS)
        assert "CCM_RELANCES_DESTINATAIRES" in say_erreur(refus.value)


@pytest.mark.parametrize(
    ("texte", "juste"),
    [
        (make_adresse("a"), True), (make_adresse("point.focal+1"), True), (make_adresse("a", "localhost"), True),
        ("a", False), (make_adresse(""), False), (make_adresse("a", ""), False), (make_adresse(".a"), False),
        (make_adresse("a..b"), False), (make_adresse("a" * 65), False), (make_adresse("a") + " ", False),
        (make_adresse("a") + "\n", False), (make_adresse("a" * 60, "b" * 60 + "." + "c" * 200), False),
    ],
)  # fmt: skip
def test_one_plain_address(texte: str, juste: bool) -> None:
    assert is_adresse(texte) is juste


@pytest.mark.parametrize(
    "code",
    [
        "smtp_injoignable",
        "smtp_delai",
        "smtp_certificat",
        "smtp_sans_tls",
        "smtp_authentification",
        "rappels_non_partis",
    ],
)
def test_every_failure_has_its_sentence(code: str) -> None:
    assert code not in say_erreur(EnvoiImpossible(code, hote="h", port=25, noms=["x"]))
    assert issubclass(EnvoiImpossible, CCMError)
