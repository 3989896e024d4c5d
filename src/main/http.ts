/**
 * Node's own module, taken as it is. An `import` of it asks for every name in it, also for those of the WebSocket in a browser's
 * manner, and that loads all of undici, which nothing here uses.
 */
export const { createServer, request } = process.getBuiltinModule("node:http");
