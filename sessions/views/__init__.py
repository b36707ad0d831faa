"""Front doors of the sessions wing: proposals, votes, plan, agenda, feeds, outcomes, projects, camp book."""

from __future__ import annotations

from flask import Flask

from camp import (
    chores,
    cloners,
    demo_camp,
    erasers,
    groups,
    jobs,
    loaders,
    mail_texts,
    panels,
    post,
    printed,
    tenants,
    todos,
)
from sessions import absence_letters, book_files, cloning, demo, erasing, likeness, load, paper_jobs, tenancy
from sessions import overflow as overflow_answers
from sessions.groups import GROUPS
from sessions.guests import forget_networks
from sessions.jobs import make_plan, print_book
from sessions.proof_jobs import prove_plan
from sessions.views import (
    absence,
    agenda,
    ballots,
    begun,
    board,
    book,
    cards,
    changed,
    drafts,
    entering,
    feeds,
    guests,
    hero,
    inviting,
    line,
    live,
    mending,
    merging,
    needs,
    newcomers,
    outcomes,
    overflow,
    paper,
    pitches,
    planning,
    projects,
    proposal_imports,
    proposals,
    quality,
    screens,
    spot,
    voting,
    wants,
)


def init_app(app: Flask) -> None:
    """Register blueprints, jobs and panels."""
    for module in (proposals, voting, planning, board, absence, overflow, spot, changed, mending, agenda, live, feeds,
                   outcomes, projects, book, line, paper, pitches, screens):
        app.register_blueprint(module.bp)
    for module in (begun, inviting, cards, merging, ballots, drafts, quality, wants, guests, entering,
                   proposal_imports, newcomers):
        app.register_blueprint(module.bp)
    chores.register(app, likeness.Watch().look)
    chores.register(app, forget_networks)
    tenants.register(app, tenancy.tenant())
    loaders.register(app, load.loader(app.config["CAMP"].vote_key))
    cloners.register(app, cloning.clone)
    demo_camp.register(app, 10, demo.part(app.config["CAMP"].vote_key))
    erasers.register(app, erasers.Eraser(
        erasing.forget, erasing.numbers, lambda folder, camp: [*book_files.every_pdf(folder, camp),
                                                               *printed.of_camp(folder, camp, paper_jobs.NAME)],
        tell=erasing.tell, keeps=erasing.keeps))
    _register_panels(app)
    todos.register(app, needs.look)
    for template in ("reminder", "place_certain"):
        post.attach(app, template, feeds.days_of)
    absence_letters.register()
    overflow_answers.register()
    for kind in absence_letters.KINDS:
        mail_texts.register(app, kind)
    for group in GROUPS:
        groups.register(app, group)
    jobs.register(app, "plan", make_plan)
    jobs.register(app, "proof", prove_plan)
    jobs.register(app, "book", print_book)
    jobs.register(app, paper_jobs.NAME, paper_jobs.print_cards)


def _register_panels(app: Flask) -> None:
    panels.register(app, "home", 10, agenda.home_panel)
    panels.register(app, "hero", 10, hero.panel)
    panels.register(app, "home", 20, proposals.fresh_panel)
    panels.register(app, "me", 10, agenda.my_panel)
    panels.register(app, "me", 15, overflow.my_panel)
    panels.register(app, "home", 15, line.home_panel)
    panels.register(app, "home", 25, newcomers.panel)
    panels.register(app, "me", 20, proposals.my_panel)
    panels.register(app, "me", 28, newcomers.my_panel)
    panels.register(app, "me", 25, quality.my_panel)
    panels.register(app, "me", 30, line.my_panel)
    panels.register(app, "me", 60, projects.panel)
    panels.register(app, "desk", 10, live.desk_panel)
    panels.register(app, "desk", 20, planning.desk_panel)
    panels.register(app, "desk", 30, voting.desk_panel)
    panels.register(app, "desk", 60, outcomes.desk_panel)
