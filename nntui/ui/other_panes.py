"""The panes of the Network and Explain views: few sessions begin there, so they are made late."""
# Their modules are not imported before the first frame.
# ruff: noqa: PLC0415

from collections.abc import Callable

from nntui.ui.layout import EXPLAIN, GRAPH, NEURON, SPACE, WEIGHTS
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.session import Session
from nntui.ui.view_pane import ViewPane


class OtherPanes:
    """Makes the panes of a playground that are not there from the beginning.

    Args:
        session: The experiment and its run.
        regions: Knows the plane, and the place that is read on it.
    """

    def __init__(self, session: Session, regions: RegionsPane) -> None:
        from nntui.ui.network.place import NetworkPlace

        self._session = session
        self._regions = regions
        self._place = NetworkPlace()
        self._made: dict[str, ViewPane] = {}

    @property
    def made(self) -> list[ViewPane]:
        """Those that have been made."""
        return list(self._made.values())

    def has(self, name: str) -> bool:
        """Tell whether a pane has been made."""
        return name in self._made

    def make(self, name: str) -> ViewPane:
        """Make a pane."""
        makers: dict[str, Callable[[], ViewPane]] = {
            GRAPH: self._graph,
            NEURON: self._neuron,
            WEIGHTS: self._weights,
            SPACE: self._space,
            EXPLAIN: self._explain,
        }
        self._made[name] = makers[name]()
        return self._made[name]

    def _graph(self) -> ViewPane:
        from nntui.ui.network.graph import GraphPane

        return GraphPane(self._session, self._place, self._regions, id=GRAPH)

    def _neuron(self) -> ViewPane:
        from nntui.ui.network.neuron import NeuronPane

        return NeuronPane(self._session, self._place, self._regions, id=NEURON)

    def _weights(self) -> ViewPane:
        from nntui.ui.network.weights import WeightsPane

        return WeightsPane(self._session, self._place, id=WEIGHTS)

    def _space(self) -> ViewPane:
        from nntui.ui.network.space import SpacePane

        return SpacePane(self._session, self._place, self._regions, id=SPACE)

    def _explain(self) -> ViewPane:
        from nntui.ui.explain.pane import ExplainPane

        return ExplainPane(self._session, self._regions, id=EXPLAIN)
