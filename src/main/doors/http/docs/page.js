// Makes the page from openapi.json: a form for each operation, and what the service answers. Text is only ever set as
// text, so nothing in an answer can become part of the page.

/** @typedef {{ readonly enum?: readonly string[], readonly type?: string, readonly properties?: Readonly<Record<string, Schema>>, readonly required?: readonly string[], readonly example?: unknown }} Schema */
/** @typedef {{ readonly name: string, readonly in: string, readonly required: boolean, readonly schema: Schema }} Parameter */
/** @typedef {{ readonly summary: string, readonly description?: string, readonly parameters?: readonly Parameter[], readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema, readonly example?: unknown }>> }, readonly responses: Readonly<Record<string, { readonly description: string }>> }} Operation */
/** @typedef {{ readonly info: { readonly description: string, readonly version: string }, readonly components: { readonly securitySchemes?: object }, readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }} Document */
/** @typedef {{ readonly method: string, readonly path: string, readonly operation: Operation }} Place */
/** @typedef {{ readonly url: string, readonly init: { readonly method: string, readonly headers: Record<string, string>, readonly body?: string } }} Asked */

/** An answer that never ends is shown up to here. */
const mostShown = 200_000;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, unknown>>} properties
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
const make = (tag, properties = {}, children = []) => {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
};

/** @param {string} id */
const byId = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no ${id}.`);
  return element;
};

const token = () => {
  const input = byId("token");
  return input instanceof HTMLInputElement ? input.value.trim() : "";
};

/** @param {Parameter} parameter */
const fieldOf = ({ name, required, schema }) => {
  if (schema.enum === undefined) return make("input", { name, required, autocomplete: "off", spellcheck: false });
  const options = (required ? [] : [""]).concat(schema.enum);
  return make(
    "select",
    { name },
    options.map((value) => make("option", { value }, [value])),
  );
};

/** @param {Operation} operation */
const bodyOf = ({ requestBody }) => {
  const content = requestBody?.content["application/json"];
  if (content === undefined) return null;
  const { schema, example } = content;
  const sample = example ?? Object.fromEntries((schema.required ?? []).map((name) => [name, sampleOf(schema, name)]));
  return JSON.stringify(sample, null, 2);
};

/** @param {Schema} schema @param {string} name */
const sampleOf = (schema, name) => {
  const field = schema.properties?.[name];
  if (field?.enum !== undefined) return field.enum[0];
  return field?.type === "array" ? [] : "";
};

/**
 * What the form asks for.
 * @param {Place} place @param {HTMLFormElement} form
 * @returns {Asked}
 */
const askedBy = ({ method, path, operation }, form) => {
  const fields = new FormData(form);
  /** @param {string} name */
  const given = (name) => String(fields.get(name) ?? "");
  /** @type {Record<string, string>} */
  const headers = token() === "" ? {} : { Authorization: `Bearer ${token()}` };
  const query = new URLSearchParams();
  let filled = path.slice(1);
  for (const { name, in: where } of operation.parameters ?? []) {
    const value = given(name);
    if (where === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "" && where === "query") query.set(name, value);
    else if (value !== "") headers[name] = value;
  }
  const url = query.size === 0 ? filled : `${filled}?${query}`;
  if (!fields.has("body")) return { url, init: { method, headers } };
  return {
    url,
    init: { method, headers: { ...headers, "Content-Type": "application/json" }, body: given("body") },
  };
};

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same for a shell; the token is not repeated in it. @param {Asked} asked */
const curlOf = ({ url, init }) =>
  [
    "curl",
    ...(init.method === "GET" ? [] : ["-X", init.method]),
    quoted(new URL(url, location.href).href),
    ...Object.entries(init.headers).flatMap(([name, value]) => [
      "-H",
      name === "Authorization" ? `"Authorization: Bearer $AVSPARK_HTTP_TOKEN"` : quoted(`${name}: ${value}`),
    ]),
    ...(init.body === undefined ? [] : ["-d", quoted(init.body)]),
  ].join(" ");

/** @param {string} text @param {string} type */
const readable = (text, type) => {
  if (!type.startsWith("application/json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/**
 * Sends it and shows what comes, as it comes.
 * @param {Asked} asked @param {HTMLElement} result @param {AbortSignal} signal
 */
const send = async (asked, result, signal) => {
  const status = make("p", {}, ["Waiting …"]);
  const output = make("pre", { tabIndex: 0 });
  result.replaceChildren(make("pre", {}, [curlOf(asked)]), status, output);
  const start = performance.now();
  const response = await fetch(asked.url, { ...asked.init, signal });
  const took = Math.round(performance.now() - start);
  status.textContent = `${response.status} ${response.statusText} after ${took} ms`;
  status.classList.toggle("failed", !response.ok);
  const type = response.headers.get("content-type") ?? "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    text = (text + part.value).slice(-mostShown);
    output.textContent = text;
  }
  output.textContent = readable(text, type);
};

/** @param {Place} place */
const formOf = (place) => {
  const { operation } = place;
  const body = bodyOf(operation);
  const result = make("div", { ariaLive: "polite" });
  const stop = make("button", { type: "button", hidden: true }, ["Stop"]);
  const form = make("form", {}, [
    ...(operation.description === undefined ? [] : [make("p", {}, [operation.description])]),
    ...(operation.parameters ?? []).map((parameter) =>
      make("label", {}, [`${parameter.name}${parameter.required ? "" : " (optional)"}`, fieldOf(parameter)]),
    ),
    ...(body === null
      ? []
      : [make("label", {}, ["Body", make("textarea", { name: "body", value: body, spellcheck: false })])]),
    make("button", { type: "submit" }, ["Send"]),
    " ",
    stop,
    result,
    make("h2", {}, ["Answers"]),
    make(
      "dl",
      {},
      Object.entries(operation.responses).flatMap(([status, { description }]) => [
        make("dt", {}, [status]),
        make("dd", {}, [description]),
      ]),
    ),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stop.click();
    const control = new AbortController();
    stop.onclick = () => control.abort();
    stop.hidden = false;
    send(askedBy(place, form), result, control.signal)
      .catch((error) => {
        if (!control.signal.aborted) result.append(make("p", { className: "failed" }, [String(error)]));
      })
      .finally(() => {
        stop.hidden = true;
      });
  });
  return form;
};

/** @param {Place} place */
const sectionOf = (place) => {
  const { method, path, operation } = place;
  const section = make("details", { id: `${method}${path}` }, [
    make("summary", {}, [
      make("span", { className: `method ${method.toLowerCase()}` }, [method]),
      " ",
      make("code", {}, [path]),
      ` ${operation.summary}`,
    ]),
  ]);
  section.addEventListener("toggle", () => section.append(formOf(place)), { once: true });
  return section;
};

/** @param {Document} document */
const show = ({ info, components, paths }) => {
  byId("about").textContent = `Version ${info.version}. ${info.description}`;
  byId("token-field").hidden = components.securitySchemes === undefined;
  byId("operations").replaceChildren(
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) =>
        sectionOf({ method: method.toUpperCase(), path, operation }),
      ),
    ),
  );
};

// Without the token the document itself is not told: then the token is asked for first.
const load = async () => {
  const response = await fetch("openapi.json", {
    headers: token() === "" ? {} : { Authorization: `Bearer ${token()}` },
  });
  if (response.ok) return show(await response.json());
  const { error } = await response.json();
  byId("about").textContent = error;
  byId("token-field").hidden = response.status !== 401;
};

byId("token").addEventListener("change", () => void load());
await load();
