/**
 * Avspark in a Node program: hears every match change from FOGIS over Redis and gives it to a function, with the
 * endpoints of the service. The examples are in docs/examples.
 */
export type { CurrentMatch, OnMatches } from "./core/delivery/program.ts";
export { addAvspark } from "./main/library/fastify.ts";
export { createMatchHandler, type MatchHandler, type MatchHandlerResult } from "./main/library/match-handler.ts";
export { createService } from "./main/library/service.ts";
export type { AddOptions, AvsparkService, GivenConfig, ServiceOptions } from "./main/library/types.ts";
export type { SyncResult, TargetStatus } from "./shared/calendar.ts";
export type { Config } from "./shared/config.ts";
export type { Connection } from "./shared/connection.ts";
export type { CommandName, Input, Output } from "./shared/contract.ts";
export type { Contact, Match, MatchStatus, Official } from "./shared/match.ts";
export { type Problem, ProblemError, type ProblemKind } from "./shared/problem.ts";
