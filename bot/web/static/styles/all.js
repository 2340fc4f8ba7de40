/** Everything the element wears, as one sheet. */

import { CARD } from "./card.js";
import { CHAT } from "./chat.js";
import { COMPOSER } from "./composer.js";
import { FRAME } from "./frame.js";
import { THEME } from "./theme.js";

export const STYLES = [THEME, FRAME, CHAT, COMPOSER, CARD].join("\n");
