#!/usr/bin/env node
// The entry: nothing is imported here that the chosen face does not need. Rooms: main → cli, ui → app → store → crypto → core.
export {};
