"""The tables, one file per subject; importing this package registers them all."""

from ccm_data.models import acteurs, comptes, decisions, depots, plan, suivi, territoire
from ccm_data.models.base import Base

__all__ = ["Base", "acteurs", "comptes", "decisions", "depots", "plan", "suivi", "territoire"]
