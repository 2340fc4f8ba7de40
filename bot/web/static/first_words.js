/**
 * What must be sayable before the assistant's server has answered, or when it does not.
 * A test holds these equal to the texts of the same ids in bot/knowledge/texts/widget.yml.
 * @type {Record<"en" | "fr", Record<string, string>>}
 */
export const FIRST_WORDS = {
  en: {
    "widget.title": "Express Entry assistant",
    "widget.open": "Ask about Express Entry",
    "widget.close": "Close",
    "widget.messages": "Messages",
    "widget.input.label": "Your message",
    "widget.input.placeholder": "Your answer or question",
    "widget.input.send": "Send",
    "widget.input.empty": "Type a message first.",
    "widget.connection.first": "One moment, connecting…",
    "widget.connection.lost": "One moment, reconnecting…",
    "widget.pending": "Waiting to be sent",
    "widget.from.visitor": "You",
  },
  fr: {
    "widget.title": "Assistant Entrée express",
    "widget.open": "Vos questions sur Entrée express",
    "widget.close": "Fermer",
    "widget.messages": "Messages",
    "widget.input.label": "Votre message",
    "widget.input.placeholder": "Votre réponse ou question",
    "widget.input.send": "Envoyer",
    "widget.input.empty": "Écrivez d’abord un message.",
    "widget.connection.first": "Un instant, connexion…",
    "widget.connection.lost": "Un instant, reconnexion…",
    "widget.pending": "En attente d’envoi",
    "widget.from.visitor": "Vous",
  },
};
