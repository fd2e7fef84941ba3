"""The pages of programs officers: one file a noun, all in Django's own admin."""

from programs.admin import cycles, entries, grants, participations, programs, results, scores

__all__ = ["cycles", "entries", "grants", "participations", "programs", "results", "scores"]
