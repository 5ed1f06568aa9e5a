"""Addresses of my work, the board and the file."""

from django.urls import path

from arasha.coordination import views
from arasha.coordination.views import (
    board,
    cases,
    closing,
    emergency,
    files,
    filing,
    filled,
    finding,
    inbox,
    looking,
    month,
    story,
    tonight,
    typing,
)

app_name = "coordination"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("month/", month.month, name="month"),
    path("tonight/", tonight.tonight, name="tonight"),
    path("board/", board.board, name="board"),
    path("board/table/", board.table, name="board_table"),
    path("board/late/", board.late, name="board_late"),
    path("board/unseen/", board.unseen, name="board_unseen"),
    path("board/csv/", board.download, name="board_download"),
    path("find/", finding.find, name="find"),
    path("cases/", cases.cases, name="cases"),
    path("typing/", typing.typing, name="typing"),
    path("files/<uuid:dossier>/", files.file, name="file"),
    path("files/<uuid:dossier>/story/", story.story, name="story"),
    path("files/<uuid:dossier>/story/pdf/", story.take_story, name="take_story"),
    path("files/<uuid:dossier>/duties/", files.duties, name="duties"),
    path("files/<uuid:dossier>/closing/", closing.closing, name="closing"),
    path("files/<uuid:dossier>/looks/", looking.looks, name="looks"),
    path("files/<uuid:dossier>/forms/", filing.forms, name="forms"),
    path("files/<uuid:dossier>/forms/begin/", filing.begin, name="begin_form"),
    path("files/forms/<uuid:response>/", filled.filled, name="filled"),
    path("files/forms/<uuid:response>/save/", filled.save, name="save_filled"),
    path("files/forms/<uuid:response>/copy/", filled.settle, name="settle_filled"),
    path("files/forms/<uuid:response>/newer/", filled.newer, name="renew_filled"),
    path("files/forms/<uuid:response>/correct/", filled.correct, name="correct_filled"),
    path("files/forms/<uuid:response>/withdraw/", filled.withdraw, name="withdraw_filled"),
    path("files/forms/<uuid:response>/print/", filing.take, name="print_filled"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/openings/", emergency.openings, name="openings"),
    path("emergency/openings/<uuid:glass>/", emergency.review, name="review"),
    path("budgets/", looking.budgets, name="budgets"),
    path("budgets/<int:user>/", looking.confirm, name="confirm_budget"),
    path("messages/", inbox.inbox, name="inbox"),
    path("messages/read/", inbox.read_all, name="read_all"),
    path("messages/<uuid:notice>/", inbox.open_notice, name="open_notice"),
]
