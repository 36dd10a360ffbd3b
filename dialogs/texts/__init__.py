"""Every sentence of the dialogs, in Vietnamese, in one place. People are addressed as "đồng chí"."""

from dialogs.texts.asking import *  # noqa: F403
from dialogs.texts.below import *  # noqa: F403
from dialogs.texts.checking import *  # noqa: F403
from dialogs.texts.compiling import *  # noqa: F403
from dialogs.texts.desk import *  # noqa: F403
from dialogs.texts.evidence import *  # noqa: F403
from dialogs.texts.following import *  # noqa: F403
from dialogs.texts.labels import *  # noqa: F403
from dialogs.texts.places import *  # noqa: F403
from dialogs.texts.receipts import *  # noqa: F403
from dialogs.texts.refusals import *  # noqa: F403
from dialogs.texts.sharing import *  # noqa: F403
from dialogs.texts.welcome import *  # noqa: F403
