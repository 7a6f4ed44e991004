"""The door for faces: every question that CONNECT answers, under one name each."""

from keten.matchmaking.method import METHODS
from keten.matchmaking.network import AMONG, read_network
from keten.matchmaking.parties import list_parties
from keten.matchmaking.partners import rank_partners
from keten.matchmaking.verdict import read_backtest
from keten.matchmaking.why import explain

__all__ = [
    "AMONG",
    "METHODS",
    "explain",
    "list_parties",
    "rank_partners",
    "read_backtest",
    "read_network",
]
