/** What the browser shows when it has brought its answer. No scripts, nothing loaded, nothing of the answer echoed. */

const texts = {
  done: {
    mark: "✓",
    title: "Klart – du är inloggad",
    lines: ["Du kan stänga den här fliken och gå tillbaka till Avspark.", "You are signed in. You may close this tab."],
  },
  refused: {
    mark: "✕",
    title: "Inloggningen blev inte av",
    lines: [
      "Gå tillbaka till Avspark, där står varför, och försök igen.",
      "The sign-in did not succeed. Avspark tells why; try again there.",
    ],
  },
} as const;

const style = `
  :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 90vh; margin: 0; text-align: center; }
  .mark { font-size: 3.5rem; line-height: 1; } .done { color: #2b8a3e; } .refused { color: #c92a2a; }
  h1 { font-size: 1.5rem; } p { margin: 0.3rem 1rem; } p + p { opacity: 0.7; }
`;

export const signInPage = (
  outcome: keyof typeof texts,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } => {
  const { mark, title, lines } = texts[outcome];
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      connection: "close",
    },
    body: `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Avspark</title><style>${style}</style>
<main><div class="mark ${outcome}" aria-hidden="true">${mark}</div><h1>${title}</h1>
${lines.map((line) => `<p>${line}</p>`).join("\n")}</main></html>`,
  };
};
