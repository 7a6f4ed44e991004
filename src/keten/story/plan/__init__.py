"""The plan of a chain on two pages: a module for each chapter, put together by `compose`."""

from keten.story.plan.asked import Asked
from keten.story.plan.compose import PAGES, Plan, make_plan

__all__ = ["PAGES", "Asked", "Plan", "make_plan"]
