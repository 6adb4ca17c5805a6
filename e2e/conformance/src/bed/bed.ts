import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ControlPlane,
  type ControlPlaneArguments,
  startControlPlane,
} from './controlPlane';
import { installCustomResources } from './customResources';
import { ProcessGroup } from './processGroup';
import type { Programs } from './programs';

/** A real Kubernetes without machines, and where the parts of a run are. */
export interface Bed extends ControlPlane {
  programs: Programs;
  processes: ProcessGroup;
  /** For files of this run; gone when the bed is. */
  folder: string;
  stop(): Promise<void>;
}

/** @param keepLogs - folder for the programs' output */
export async function startBed(
  programs: Programs,
  keepLogs: string,
  more: ControlPlaneArguments = {},
): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  rmSync(keepLogs, { recursive: true, force: true });
  mkdirSync(keepLogs, { recursive: true });
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  const processes = new ProcessGroup(keepLogs, cleanUp);
  const stop = async () => {
    await processes.endAll();
    cleanUp();
  };
  try {
    const controlPlane = await startControlPlane(
      programs,
      processes,
      folder,
      more,
    );
    await installCustomResources(controlPlane.client, programs.crds);
    return {
      ...controlPlane,
      programs,
      processes,
      folder,
      async stop() {
        controlPlane.client.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
