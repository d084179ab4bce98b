"""The framework's theory of change as a chain whose end leads back to its beginning; pure."""

from pl_guide.messages import report as messages
from pl_guide.render.web import Html, tag
from pl_guide.report.parts import Scene, section

LONG_CHAIN = 6


def theory_section(scene: Scene) -> Html:
    """Make the section, or nothing where the framework has no theory of change."""
    theory = scene.library.framework.theory_of_change
    if theory is None:
        return Html()
    links = [
        tag("li", tag("h3", step.title, dir="auto"), _paragraph(step.text)) for step in theory.steps
    ]
    kind = "chain long" if len(links) > LONG_CHAIN else "chain"
    chain = tag("ol", *links, class_=kind, role="list")
    honest = tag("p", scene.terms.say(messages.WHAT_COUNTS_TELL), class_="quiet")
    whole = tag("div", chain, _paragraph(theory.monitoring, "loop"), class_="theory")
    return section("theory", theory.title, _paragraph(theory.text), whole, honest)


def _paragraph(text: str | None, class_: str | None = None) -> str:
    return tag("p", text, dir="auto", class_=class_) if text else ""
