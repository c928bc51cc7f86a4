"""The charts of a report: one function each, in one visual language.

Each takes the rows of a timeline (what was not held counts only on the strip), the ``edition`` that
says names and words, and a width in CSS pixels.
"""

from rajnay.charts.canvas import Chart
from rajnay.charts.colours import stylesheet
from rajnay.charts.grids import topics_through_time, who_met_whom
from rajnay.charts.lettering import ChartError
from rajnay.charts.longview import long_view
from rajnay.charts.months import same_months
from rajnay.charts.places import places_map
from rajnay.charts.strip import timeline_strip

__all__ = [
    "Chart",
    "ChartError",
    "long_view",
    "places_map",
    "same_months",
    "stylesheet",
    "timeline_strip",
    "topics_through_time",
    "who_met_whom",
]
