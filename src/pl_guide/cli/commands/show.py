"""`plguide show`: what a guide, a standard, a category or the framework says."""

from typing import Annotated

import typer

from pl_guide.cli.options import (
    CategoryOption,
    ContentOption,
    FormatOption,
    HeadingLevelOption,
    NameArgument,
    PagerOption,
    StandardOption,
)
from pl_guide.cli.output import Output
from pl_guide.content.loading import load_library
from pl_guide.library import Library
from pl_guide.model import Category, Framework, Role, Standard
from pl_guide.pages import framework as framework_pages
from pl_guide.pages.role import Only, role_data, role_page

SectionOption = Annotated[
    list[str] | None,
    typer.Option("--section", help="Only this section; may be given more than once."),
]
IdsOption = Annotated[bool, typer.Option("--ids", help="Show the ids of the questions too.")]


def show(
    name: NameArgument,
    section: SectionOption = None,
    category: CategoryOption = None,
    standard: StandardOption = None,
    ids: IdsOption = False,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> None:
    """Show a role's guide, a standard, a category, or the whole framework.

    A role's sections: purpose, responsibilities, questions, resources. The framework's: overview,
    standards, foundations, theory, roles, resources, publisher.
    """
    library = load_library(content, only=name)
    output = Output(format, heading_level, pager)
    found = library.find(name)
    sections = tuple(section or ())
    if isinstance(found, Role):
        only = Only(
            sections,
            library.category(category) if category else None,
            library.standard(standard) if standard else None,
        )
        page = role_page(library, found, only, ids=ids)
        output.show(lambda: page, lambda: role_data(library, found, only))
        return
    if category or standard:
        option = "--category" if category else "--standard"
        raise typer.BadParameter(
            f"{option} narrows a {library.terms.role.one}'s guide; {found.title} is none."
        )
    _show_whole(library, found, sections, output)


def _show_whole(
    library: Library,
    found: Framework | Standard | Category,
    sections: tuple[str, ...],
    output: Output,
) -> None:
    match found:
        case Framework():
            page = framework_pages.framework_page(library, sections=sections)
            output.show(lambda: page, lambda: framework_pages.framework_data(library, sections))
        case Standard():
            page = framework_pages.standard_page(library, found, sections=sections)
            output.show(lambda: page, lambda: framework_pages.standard_data(library, found))
        case Category():
            page = framework_pages.category_page(library, found, sections=sections)
            output.show(lambda: page, lambda: framework_pages.category_data(library, found))
