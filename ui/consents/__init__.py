"""The consents tab: who agreed, may this picture be used, and the pile of forms."""

from ui.consents.answers import AnswersRoom
from ui.consents.check_page import CheckPage
from ui.consents.forms_page import FormsPage
from ui.consents.matrix_page import MatrixPage
from ui.consents.photos import PhotosRoom
from ui.consents.pile_page import PilePage
from ui.consents.uses import UsesRoom

__all__ = [
    "AnswersRoom",
    "CheckPage",
    "FormsPage",
    "MatrixPage",
    "PhotosRoom",
    "PilePage",
    "UsesRoom",
]
