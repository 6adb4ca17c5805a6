import { readFileSync } from 'node:fs';

/** Names the `portal.json` that a start wrote. */
export const PORTAL_VARIABLE = 'PORTAL_JSON';

/** Where a running portal and the demo's traffic are. */
export interface RunningPortal {
  address: string;
  /** What the portal calls the demo's cluster. */
  cluster: string;
  gateway: string;
  prometheus: string;
}

export function runningPortal(): RunningPortal {
  const file = process.env[PORTAL_VARIABLE];
  if (!file) {
    throw new Error(`${PORTAL_VARIABLE} is not set`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
