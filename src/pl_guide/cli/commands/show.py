"""`plguide show`: what a guide, a standard, a category or the framework says."""

from collections.abc import Callable
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.document import Document
from pl_guide.library import Library
from pl_guide.messages.usage import NARROWS_A_ROLE
from pl_guide.model import Category, Framework, Role, Standard
from pl_guide.pages import framework as pages
from pl_guide.pages.role import Only, role_data, role_page


def show(
    name: options.Name,
    section: Annotated[
        list[str] | None, typer.Option(help="Only this section; may be given more than once.")
    ] = None,
    category: options.OnlyCategory = None,
    standard: options.OnlyStandard = None,
    ids: Annotated[bool, typer.Option("--ids", help="Show the ids of the questions too.")] = False,
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    pager: options.Pager = False,
    content: options.Content = None,
) -> Result:
    """Show a role's guide, a standard, a category, or the whole framework.

    A role's sections: purpose, responsibilities, questions, resources. The framework's: overview,
    standards, foundations, theory, roles, resources, publisher.
    """
    library = load_library(content, only=name)
    found = library.find(name)
    if (category or standard) and not isinstance(found, Role):
        option = "--category" if category else "--standard"
        words = library.terms.say(NARROWS_A_ROLE, option=option, title=found.title)
        raise typer.BadParameter(words)
    only = Only(
        tuple(section or ()),
        library.category(category) if category else None,
        library.standard(standard) if standard else None,
    )
    page, data = _page_and_data(library, found, only, ids=ids)
    return Result(
        page=lambda: page, data=data, format=format, heading_level=heading_level, pager=pager
    )


def _page_and_data(
    library: Library, found: Role | Framework | Standard | Category, only: Only, *, ids: bool
) -> tuple[Document, Callable[[], object]]:
    """Return a page, and what makes its data; the page is made at once, to refuse before that."""
    sections = only.sections
    match found:
        case Role():
            page = role_page(library, found, only, ids=ids)
            return page, lambda: role_data(library, found, only)
        case Framework():
            page = pages.framework_page(library, sections=sections)
            return page, lambda: pages.framework_data(library, sections)
        case Standard():
            page = pages.standard_page(library, found, sections=sections)
            return page, lambda: pages.standard_data(library, found)
        case Category():
            page = pages.category_page(library, found, sections=sections)
            return page, lambda: pages.category_data(library, found)
