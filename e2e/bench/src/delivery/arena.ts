import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { type Bed, startBed } from '../../../conformance/src/bed/bed';
import { startPodLife } from '../../../conformance/src/bed/podLife';
import { preparePrograms } from '../../../conformance/src/bed/programs';
import { AuditLog } from './auditLog';
import { type Watched, createNamespace, watch } from './fleet';

const ROOT = join(__dirname, '../../../..');
const CACHE = join(ROOT, '.cache/conformance');

/** From bound to running; the pods of both controllers take as long. */
export const POD_START_MILLISECONDS = 1500;

/**
 * The replica set controller's own 20 requests a second would be what is
 * measured.
 */
const UNHURRIED = ['--kube-api-qps=1000', '--kube-api-burst=2000'];

/** One real control plane on which both controllers take turns. */
export interface Arena {
  bed: Bed;
  audit: AuditLog;
  /** Arguments of Node.js for our controller, as its image starts it. */
  ours: string[];
  rollouts: Watched<Rollout>;
  stop(): Promise<void>;
}

/** Builds the programs when they are not there, and starts what both need. */
export async function startArena(say: (line: string) => void): Promise<Arena> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const ours = [...nodeFlags(), bundleOurs(folder)];
  const audit = new AuditLog(folder);
  const bed = await startBed(
    preparePrograms(CACHE, say),
    join(CACHE, 'logs/bench'),
    {
      apiServer: audit.argumentsOf(folder),
      controllerManager: UNHURRIED,
    },
  );
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
    await bed.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await createNamespace(bed.client, 'argo-rollouts');
    const life = await startPodLife(bed.client, say, {
      startDelayMs: {
        min: POD_START_MILLISECONDS,
        max: POD_START_MILLISECONDS,
      },
      shutdownMs: 0,
    });
    stops.push(() => life.stop());
    const rollouts = await watch<Rollout>(bed.client, RESOURCES.rollouts);
    stops.push(() => rollouts.stop());
    return { bed, audit, ours, rollouts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @throws Error with the words of the bundler */
function bundleOurs(folder: string): string {
  const file = join(folder, 'deliveryController.cjs');
  const script = join(ROOT, 'scripts/bundle-controller.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, file], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`the controller cannot be built: ${stderr}`);
  return file;
}

/** What the image gives Node.js beside the file. */
function nodeFlags(): string[] {
  const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
  const entry = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]';
  return (JSON.parse(entry) as string[]).filter(arg => arg.startsWith('--'));
}
