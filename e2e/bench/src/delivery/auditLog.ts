import {
  closeSync,
  openSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Of a line of the audit log, what is counted. */
interface AuditedRequest {
  userAgent?: string;
  verb?: string;
  objectRef?: { resource?: string; subresource?: string };
  responseStatus?: { code?: number };
}

/** Requests by `resource verb` or `resource/subresource verb`. */
export type WriteCounts = Record<string, number>;

/** Answers that changed nothing, by what they are counted as. */
const REFUSED = 'refused';

/**
 * Counts one client's writes. What the server refused (a conflict, a missing
 * object) is counted as `refused`.
 *
 * @param userAgent - how the client's User-Agent begins
 */
export function countWrites(lines: string[], userAgent: string): WriteCounts {
  const counts: WriteCounts = {};
  for (const line of lines) {
    if (line === '') continue;
    const request = JSON.parse(line) as AuditedRequest;
    if (!request.userAgent?.startsWith(userAgent)) continue;
    const { resource = '', subresource } = request.objectRef ?? {};
    const what = subresource ? `${resource}/${subresource}` : resource;
    const isRefused = (request.responseStatus?.code ?? 200) >= 400;
    const key = isRefused ? REFUSED : `${what} ${request.verb}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

export function total(counts: WriteCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Only writes, and those without their bodies; leases are nobody's work. */
const POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    { level: 'None', resources: [{ group: 'coordination.k8s.io' }] },
    { level: 'Metadata' },
  ],
};

/** Each write to the API server, as that server itself notes it. */
export class AuditLog {
  readonly #file: string;

  /** @param folder - for the log and its policy */
  constructor(folder: string) {
    this.#file = join(folder, 'audit.log');
  }

  /** What makes an API server keep this log. */
  argumentsOf(folder: string): string[] {
    const policy = join(folder, 'audit-policy.json');
    writeFileSync(policy, JSON.stringify(POLICY));
    return [
      `--audit-policy-file=${policy}`,
      `--audit-log-path=${this.#file}`,
      // Megabytes; below it no second file is begun.
      '--audit-log-maxsize=4000',
    ];
  }

  /** A place in the log: the end of what is written now. */
  now(): number {
    return statSync(this.#file).size;
  }

  /** Writes of one client from that place on. */
  writesSince(place: number, userAgent: string): WriteCounts {
    const length = this.now() - place;
    const bytes = Buffer.alloc(length);
    const file = openSync(this.#file, 'r');
    try {
      readSync(file, bytes, 0, length, place);
    } finally {
      closeSync(file);
    }
    const lines = bytes.toString('utf8').split('\n');
    // The last one may not be written to its end.
    return countWrites(lines.slice(0, -1), userAgent);
  }
}
