/** What a coordinator does not have to know of: how matches travel, and what programs are made of. */
export const machinery = {
  sv: /\b(kanal|ström|kö(?:n|er)?(?![a-zåäö])|prenumer|redis|http|json|payload|api|dialekt|journal|outbox|demon\b|cache|server|token)|avlyssna|bevisa|avkod/i,
  en: /\b(channel|stream|queue|subscri|redis|http|json|payload|api\b|dialect|journal|outbox|cache|server|token)|decod/i,
} as const;
