"""The pages, one folder each: what answers a visit, and the template that shows it."""

from keten.web.pages.about.page import pages as about
from keten.web.pages.component.page import pages as component
from keten.web.pages.home.page import pages as home
from keten.web.pages.method.page import pages as method
from keten.web.pages.organisation.page import pages as organisation
from keten.web.pages.project.page import pages as project
from keten.web.pages.record.page import pages as record
from keten.web.pages.region.page import pages as region
from keten.web.pages.search.page import pages as search
from keten.web.pages.source.page import pages as source
from keten.web.pages.why.page import pages as why

ROUTERS = (
    home,
    search,
    organisation,
    project,
    region,
    why,
    record,
    source,
    method,
    component,
    about,
)
