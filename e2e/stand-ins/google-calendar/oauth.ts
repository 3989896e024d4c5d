import { createHash, randomBytes } from "node:crypto";
import type { Answer } from "./answers.ts";

/** Google's authorization server (RFC 6749, RFC 7636), with a person behind it who consents at once. */

export const client = { id: "avspark-test.apps.example.com", secret: "not-a-secret" } as const;

/** What an app must be told to sign in there. */
export const signInSettings = (google: { readonly url: string }) => ({
  GOOGLE_API_ROOT: google.url,
  GOOGLE_OAUTH_CLIENT_ID: client.id,
  GOOGLE_OAUTH_CLIENT_SECRET: client.secret,
});

/** What somebody has allowed. */
type Permission = { readonly account: string; readonly scope: string };

type Grant = {
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly scope: string;
};

export type OAuthServer = {
  /** GET /o/oauth2/v2/auth */
  readonly authorize: (query: URLSearchParams) => Answer;
  /** POST /token */
  readonly token: (body: URLSearchParams) => Answer;
  /** Whose access token it is; null: nobody's. */
  readonly accountOf: (authorization: string | undefined) => string | null;
  /** A sign-in made elsewhere, such as the predecessor's. */
  readonly grant: (account: string) => { readonly refreshToken: string; readonly accessToken: string };
  /** Refresh tokens are refused from now on; access tokens live on until they expire. */
  readonly revoke: () => void;
  readonly expireAccessTokens: () => void;
  /** `partly`: the person takes the tick away from the first permission that is asked for. */
  readonly consent: (answer: "allow" | "partly" | "deny") => void;
  /** Sign-ins last only so long: the project is in testing mode. null: for ever. */
  readonly testingMode: (seconds: number | null) => void;
};

const oauthError = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

const page = (status: number, text: string): Answer => ({
  status,
  body: `<!doctype html><title>Sign in</title><p>${text}</p>`,
  headers: { "content-type": "text/html; charset=utf-8" },
});

const secretText = (prefix: string): string => `${prefix}${randomBytes(24).toString("base64url")}`;

/** RFC 7636, section 4.6. */
const proves = (verifier: string | null, challenge: string | null): boolean =>
  challenge === null
    ? verifier === null
    : verifier !== null &&
      /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) &&
      createHash("sha256").update(verifier).digest("base64url") === challenge;

/** `account`: who consents in the browser. */
export const createOAuthServer = (account: string): OAuthServer => {
  const codes = new Map<string, Grant>();
  const refreshTokens = new Map<string, Permission>();
  const accessTokens = new Map<string, string>();
  let consent: "allow" | "partly" | "deny" = "allow";
  let lastsSeconds: number | null = null;

  const newAccess = (owner: string): string => {
    const token = secretText("ya29.");
    accessTokens.set(token, owner);
    return token;
  };
  const newRefresh = (permission: Permission): string => {
    const token = secretText("1//");
    refreshTokens.set(token, permission);
    return token;
  };
  const tokens = (permission: Permission, more: Readonly<Record<string, unknown>> = {}): Answer => ({
    status: 200,
    body: {
      access_token: newAccess(permission.account),
      expires_in: 3599,
      scope: permission.scope,
      token_type: "Bearer",
      ...more,
    },
  });

  const exchangeCode = (body: URLSearchParams): Answer => {
    const code = body.get("code") ?? "";
    const grant = codes.get(code);
    codes.delete(code);
    if (grant === undefined) return oauthError(400, "invalid_grant", "Malformed auth code.");
    if (grant.redirectUri !== body.get("redirect_uri")) return oauthError(400, "redirect_uri_mismatch", "Bad Request");
    if (!proves(body.get("code_verifier"), grant.challenge)) {
      return oauthError(400, "invalid_grant", "Invalid code verifier.");
    }
    const lasting = lastsSeconds === null ? {} : { refresh_token_expires_in: lastsSeconds };
    const permission = { account, scope: grant.scope };
    return tokens(permission, { refresh_token: newRefresh(permission), ...lasting });
  };

  const refresh = (body: URLSearchParams): Answer => {
    const permission = refreshTokens.get(body.get("refresh_token") ?? "");
    return permission === undefined
      ? oauthError(400, "invalid_grant", "Token has been expired or revoked.")
      : tokens(permission);
  };

  return {
    authorize: (query) => {
      const redirectUri = query.get("redirect_uri") ?? "";
      if (query.get("client_id") !== client.id) return page(401, "Error 401: invalid_client");
      if (!/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/.test(redirectUri))
        return page(400, "Error 400: redirect_uri_mismatch");
      if (query.get("response_type") !== "code" || !query.get("scope")) return page(400, "Error 400: invalid_request");
      const challenge = query.get("code_challenge");
      if (challenge !== null && query.get("code_challenge_method") !== "S256") {
        return page(400, "Error 400: invalid_request");
      }
      const back = new URL(redirectUri);
      if (query.has("state")) back.searchParams.set("state", query.get("state") ?? "");
      if (consent === "deny") {
        back.searchParams.set("error", "access_denied");
      } else {
        const code = secretText("4/0A");
        const asked = query.get("scope") ?? "";
        const scope = consent === "partly" ? asked.split(" ").slice(1).join(" ") : asked;
        codes.set(code, { redirectUri, challenge, scope });
        back.searchParams.set("code", code);
        back.searchParams.set("scope", scope);
      }
      return { status: 302, headers: { location: back.href } };
    },
    token: (body) => {
      if (body.get("client_id") !== client.id || body.get("client_secret") !== client.secret) {
        return oauthError(401, "invalid_client", "The OAuth client was not found.");
      }
      switch (body.get("grant_type")) {
        case "authorization_code":
          return exchangeCode(body);
        case "refresh_token":
          return refresh(body);
        default:
          return oauthError(400, "unsupported_grant_type", "Invalid grant_type");
      }
    },
    accountOf: (authorization) => accessTokens.get(/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "") ?? null,
    grant: (owner) => ({
      refreshToken: newRefresh({ account: owner, scope: "https://www.googleapis.com/auth/calendar" }),
      accessToken: newAccess(owner),
    }),
    revoke: () => refreshTokens.clear(),
    expireAccessTokens: () => accessTokens.clear(),
    consent: (answer) => {
      consent = answer;
    },
    testingMode: (seconds) => {
      lastsSeconds = seconds;
    },
  };
};
