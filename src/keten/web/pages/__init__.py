"""The pages, one folder each: what answers a visit, and the template that shows it."""

from keten.web.pages.about.page import pages as about_pages
from keten.web.pages.account.invitation import pages as invitation_pages
from keten.web.pages.account.page import pages as account_pages
from keten.web.pages.account.people import pages as people_pages
from keten.web.pages.account.sign_in import pages as sign_in_pages
from keten.web.pages.canvas.page import pages as canvas_pages
from keten.web.pages.chain.likely import pages as likely_pages
from keten.web.pages.chain.new import pages as new_chain_pages
from keten.web.pages.chain.page import pages as chain_pages
from keten.web.pages.choice.dependence import pages as dependence_pages
from keten.web.pages.choice.page import pages as choice_pages
from keten.web.pages.component.page import pages as component_pages
from keten.web.pages.connection.page import pages as connection_pages
from keten.web.pages.conversation.page import pages as conversation_pages
from keten.web.pages.conversation.silent import pages as silent_pages
from keten.web.pages.diagnosis.page import pages as diagnosis_pages
from keten.web.pages.financing.page import pages as financing_pages
from keten.web.pages.funding.page import pages as funding_pages
from keten.web.pages.history.page import pages as history_pages
from keten.web.pages.home.page import pages as home_pages
from keten.web.pages.identity.page import pages as identity_pages
from keten.web.pages.identity.weights import pages as weights_pages
from keten.web.pages.initiatives.page import pages as initiatives_pages
from keten.web.pages.initiatives.writing import pages as initiatives_writing_pages
from keten.web.pages.judgement.page import pages as judgement_pages
from keten.web.pages.lists.page import pages as lists_pages
from keten.web.pages.method.page import pages as method_pages
from keten.web.pages.mission.page import pages as mission_pages
from keten.web.pages.organisation.page import pages as organisation_pages
from keten.web.pages.programme.page import pages as programme_pages
from keten.web.pages.programme.writing import pages as programme_writing_pages
from keten.web.pages.project.page import pages as project_pages
from keten.web.pages.record.page import pages as record_pages
from keten.web.pages.region.page import pages as region_pages
from keten.web.pages.review.page import pages as review_pages
from keten.web.pages.search.page import pages as search_pages
from keten.web.pages.source.page import pages as source_pages
from keten.web.pages.story.page import pages as story_pages
from keten.web.pages.suggestion.own import pages as own_pages
from keten.web.pages.suggestion.page import pages as suggestion_pages
from keten.web.pages.suggestion.sending import pages as sending_pages
from keten.web.pages.suggestion.verifying import pages as verifying_pages
from keten.web.pages.taxonomies.change import pages as taxonomy_change_pages
from keten.web.pages.taxonomies.page import pages as taxonomies_pages
from keten.web.pages.technology.inferred import pages as inferred_pages
from keten.web.pages.technology.page import pages as technology_pages
from keten.web.pages.technology.quality import pages as quality_pages
from keten.web.pages.technology.queue import pages as technology_queue_pages
from keten.web.pages.technology.saying import pages as saying_pages
from keten.web.pages.why.page import pages as why_pages

ROUTERS = (
    home_pages,
    search_pages,
    organisation_pages,
    identity_pages,
    review_pages,
    project_pages,
    region_pages,
    new_chain_pages,
    chain_pages,
    likely_pages,
    taxonomies_pages,
    taxonomy_change_pages,
    technology_queue_pages,
    mission_pages,
    technology_pages,
    inferred_pages,
    quality_pages,
    saying_pages,
    diagnosis_pages,
    canvas_pages,
    choice_pages,
    dependence_pages,
    connection_pages,
    programme_pages,
    programme_writing_pages,
    initiatives_pages,
    initiatives_writing_pages,
    story_pages,
    funding_pages,
    financing_pages,
    why_pages,
    record_pages,
    source_pages,
    method_pages,
    weights_pages,
    component_pages,
    about_pages,
    sign_in_pages,
    invitation_pages,
    account_pages,
    people_pages,
    judgement_pages,
    lists_pages,
    history_pages,
    sending_pages,
    suggestion_pages,
    verifying_pages,
    own_pages,
    silent_pages,
    conversation_pages,
)
