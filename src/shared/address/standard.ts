/** The standard's own parser (WHATWG URL), there in every runtime, though the compiler of this room knows no runtime. */
declare const URL: {
  readonly canParse: (text: string) => boolean;
  new (
    text: string,
  ): { href: string; username: string; password: string; readonly hostname: string; readonly port: string };
};

/** null: the standard takes it for no address. */
export const standardUrl = (text: string) => (URL.canParse(text) ? new URL(text) : null);
