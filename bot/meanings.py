"""What plain words do: for each intent, how a button says it and the deed that follows."""

from dataclasses import dataclass

from bot.handlers import sayings, security
from bot.said import Command, Deed
from incidents.said import Kind
from intents.understanding import Understanding
from locales.marker import N_

LEAST = 0.05  # chance of a meaning that is worth offering
FEWEST, MOST = 2, 4  # meanings offered


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning: *label* is its button, "" where it is not offered; *of_unit*: whose line it is matters."""

    label: str
    deed: Deed
    of_unit: bool = True

    @property
    def is_report(self) -> bool:
        """Whether it says that something is wrong."""
        return isinstance(self.deed, sayings.Reporting)


# fmt: off
MEANINGS: dict[str, Meaning] = {
    "mat_ket_noi":    Meaning(N_("My unit has no connection"),         sayings.Reporting(Kind.OUTAGE)),
    "chap_chon":      Meaning(N_("It is slow, or comes and goes"),     sayings.Reporting(Kind.UNSTEADY)),
    "loi_dich_vu":    Meaning(N_("One service does not work"),         sayings.Reporting(Kind.SERVICE)),
    "mat_dien":       Meaning(N_("The power is out"),                  sayings.Reporting(Kind.POWER)),
    "dut_cap":        Meaning(N_("The cable is cut"),                  sayings.Reporting(Kind.CABLE)),
    "loi_thiet_bi":   Meaning(N_("A device is broken"),                sayings.Reporting(Kind.DEVICE)),
    "dien_rong":      Meaning(N_("Many units have no connection"),     sayings.Reporting(Kind.WIDE), of_unit=False),
    "phan_hoi_sai":   Meaning(N_("All is well, the alarm is wrong"),   sayings.denying),
    "hoi_tien_do":    Meaning(N_("Asking how the repair goes"),        Command("tiendo")),
    "hoi_trang_thai": Meaning(N_("Asking how the line stands"),        sayings.status, of_unit=False),
    "xac_nhan_thong": Meaning(N_("The network is back"),               Command("xacnhan")),
    "chua_khac_phuc": Meaning(N_("It is still out"),                   Command("chuaduoc")),
    "huy_bao":        Meaning(N_("I take my report back"),             Command("rutbao")),
    "bao_truoc":      Meaning(N_("Telling of a cut or a move to come"), sayings.foretelling),
    "hoi_lien_he":    Meaning(N_("Asking whom to call"),               sayings.contact, of_unit=False),
    "nghi_mat_attt":  Meaning(N_("A security incident is suspected"),  security.suspected, of_unit=False),
    "ngoai_pham_vi":  Meaning("",                                      sayings.out_of_scope, of_unit=False),
    "xa_giao":        Meaning("",                                      sayings.courtesy, of_unit=False),
}
# fmt: on


def offered(found: Understanding) -> list[str]:
    """Return the two to four likeliest intents that a button can say, the likeliest first."""
    likely = [(intent, chance) for intent, chance in found.likely if MEANINGS[intent].label]
    worth = [intent for intent, chance in likely if chance >= LEAST]
    return (worth if len(worth) >= FEWEST else [intent for intent, _ in likely[:FEWEST]])[:MOST]
