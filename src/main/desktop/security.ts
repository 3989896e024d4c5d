import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { app, protocol, session, shell, type WebFrameMain } from "electron";
import { raise } from "../../shared/problem.ts";

const scheme = "avspark";
/** The window's page. A scheme of our own, so that nothing on the disk can be loaded into the window. */
export const pageUrl = `${scheme}://app/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Mantine and recharts set inline styles; scripts come from our own files alone. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Before the app is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);

/** After the app is ready: serves the page's files and closes every other way in or out. */
export const secure = (pageFolder: string): void => {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = normalize(join(pageFolder, decodeURIComponent(pathname)));
    const type = contentTypes[extname(file)];
    if (host !== "app" || !file.startsWith(pageFolder + sep) || type === undefined)
      return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          "content-type": type,
          "content-security-policy": contentSecurityPolicy,
          "x-content-type-options": "nosniff",
        },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === "clipboard-sanitized-write"),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === "clipboard-sanitized-write",
  );
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
};

/** Only the main frame of our own page may call. */
export const isOwnPage = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && frame.url.startsWith(`${scheme}://app/`);

const openable = new Set(["https:", "tel:", "mailto:"]);

/** What stands for Google while Avspark is developed has no certificate. */
const isStandIn = ({ protocol, hostname }: URL): boolean =>
  !app.isPackaged && protocol === "http:" && hostname === "127.0.0.1";

/** Opens an address in the system's own program; nothing but web, telephone and e-mail. */
export const openExternal = async (address: string): Promise<void> => {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !(openable.has(url.protocol) || isStandIn(url))) {
    raise("input-invalid", "Only https pages, telephone numbers and e-mail addresses can be opened.");
  }
  await shell.openExternal(address);
};
