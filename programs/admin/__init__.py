"""The pages of programs officers: one file a noun, all in Django's own admin."""

from programs.admin import cycles, entries, participations, programs

__all__ = ["cycles", "entries", "participations", "programs"]
