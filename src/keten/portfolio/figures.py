"""Makes the figures of a choice from one weighing, each with a scope that computes it again."""

import math
from dataclasses import dataclass

from keten.errors import NotFoundError
from keten.model import Figure, Interval, Scope
from keten.portfolio.acceptability import About, Hanging, Weighing, find_hanging, list_quantities
from keten.portfolio.current import Current
from keten.portfolio.weights import Weights


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that can be read off one weighing of one portfolio."""

    current: Current
    weights: Weights
    weighing: Weighing

    def compared(self) -> Figure:
        """How many developments are compared."""
        return Figure(
            len(self.current.portfolio.developments), "count", "developments", self._bare()
        )

    def draws(self) -> Figure:
        """How often scores and weights were drawn."""
        return Figure(self.weighing.found.samples, "count", "draws", self._bare())

    def scale_end(self, criterion: str, end: str) -> Figure:
        """The worst or best end of a criterion's scale."""
        place = self._criterion(criterion)
        found = self.current.portfolio.criteria[place]
        value = found.worst if end == "worst" else found.best
        return Figure(value, "", "scale_end", self._bare(criterion=criterion, end=end))

    def score_bound(self, development: str, criterion: str, end: str) -> Figure:
        """The low or high bound of a score."""
        place = self._development(development)
        self._criterion(criterion)
        low, high = self.current.portfolio.developments[place].scores[criterion]
        scope = self._bare(development=development, criterion=criterion, end=end)
        return Figure(low if end == "low" else high, "", "score_bound", scope)

    def rank_acceptability(self, development: str, rank: int) -> Figure:
        """The share of draws in which a development has a rank, counted from 1."""
        found, a = self.weighing.found, self._development(development)
        if not 1 <= rank <= found.rank_ar.shape[1]:
            raise NotFoundError(f"There is no rank {rank}.", f"Ranks run to {len(found.rank_ar)}.")
        r = rank - 1
        bounds = (found.rank_low_ar[a, r], found.rank_high_ar[a, r])
        return self._share(
            "rank_acceptability", found.rank_ar[a, r], bounds, development=development, rank=rank
        )

    def confidence(self, development: str) -> Figure:
        """The share of draws of scores in which it comes first at its central weights."""
        found, a = self.weighing.found, self._development(development)
        bounds = (found.confidence_low_a[a], found.confidence_high_a[a])
        return self._share("confidence", found.confidence_a[a], bounds, development=development)

    def central_weight(self, development: str, criterion: str) -> Figure:
        """The mean weight of a criterion where the development comes first."""
        a, c = self._development(development), self._criterion(criterion)
        value = self.weighing.found.central_ac[a, c]
        return self._share(
            "central_weight", value, None, development=development, criterion=criterion
        )

    def pairwise_winning(self, development: str, against: str) -> Figure:
        """The share of draws in which a development beats another."""
        a, b = self._development(development), self._development(against)
        value = self.weighing.found.winning_ab[a, b]
        return self._share(
            "pairwise_winning", value, None, development=development, against=against
        )

    def first_where(self, hanging: Hanging, end: str, development: str) -> Figure:
        """The share of the first place where a quantity is low or high."""
        a = self._development(development)
        shares = hanging.swing.low_first_a if end == "low" else hanging.swing.high_first_a
        return self._share(
            "first_where", shares[a], None,
            about=hanging.about.name, development=development, end=end,
        )  # fmt: skip

    def worth_of_knowing(self, hanging: Hanging) -> Figure:
        """What knowing a quantity would add."""
        worth = hanging.worth
        return self._share(
            "worth_of_knowing", worth.gain, (worth.low, worth.high), about=hanging.about.name
        )

    def hanging(self, about: str) -> Hanging:
        """How the choice hangs on a quantity, by its name in a scope; raises NotFoundError."""
        known = {each.name: each for each in list_quantities(self.weighing)}
        if about not in known:
            raise NotFoundError(
                f"'{about}' is no uncertain quantity of this choice.",
                f"Known: {', '.join(known)}.",
            )
        return find_hanging(self.weighing, known[about])

    def leader_where(self, hanging: Hanging, end: str) -> str:
        """Who comes first most often where a quantity is low or high."""
        swing = hanging.swing
        place = swing.low_leader if end == "low" else swing.high_leader
        return self.current.portfolio.developments[place].development

    def quantities(self) -> list[About]:
        """Every quantity that is not certain."""
        return list_quantities(self.weighing)

    def _bare(self, **filters: str | int) -> Scope:
        return Scope.of(portfolio=self.current.portfolio.name, **filters)

    def _share(
        self,
        measure: str,
        value: float,
        bounds: tuple[float, float] | None,
        **filters: str | int,
    ) -> Figure:
        is_known = not math.isnan(value)
        return Figure(
            float(value) if is_known else None,
            "share",
            measure,
            self.weights.within(self._bare(**filters)),
            interval=Interval(float(bounds[0]), float(bounds[1])) if bounds and is_known else None,
        )

    def _development(self, name: str) -> int:
        names = [each.development for each in self.current.portfolio.developments]
        if name not in names:
            raise NotFoundError(
                f"'{name}' is no development of '{self.current.portfolio.name}'.",
                f"Known: {', '.join(names)}.",
            )
        return names.index(name)

    def _criterion(self, name: str) -> int:
        names = [each.criterion for each in self.current.portfolio.criteria]
        if name not in names:
            raise NotFoundError(f"'{name}' is no criterion.", f"Known: {', '.join(names)}.")
        return names.index(name)
