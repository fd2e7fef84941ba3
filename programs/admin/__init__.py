"""The pages of programs officers: one file a noun, all in Django's own admin."""

from programs.admin import cycles, participations, programs

__all__ = ["cycles", "participations", "programs"]
