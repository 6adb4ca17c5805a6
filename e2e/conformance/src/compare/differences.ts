import type { Difference } from './difference';
import { ANALYSIS_DIFFERENCES } from './differences/ofAnalysis';
import { EVENT_DIFFERENCES } from './differences/ofEvents';
import { MANIFEST_DIFFERENCES } from './differences/ofManifests';
import { TRAFFIC_DIFFERENCES } from './differences/ofTraffic';
import { UPDATE_DIFFERENCES } from './differences/ofUpdates';

/** Every known difference that a scenario shows. */
export const DIFFERENCES: Difference[] = [
  ...EVENT_DIFFERENCES,
  ...MANIFEST_DIFFERENCES,
  ...TRAFFIC_DIFFERENCES,
  ...ANALYSIS_DIFFERENCES,
  ...UPDATE_DIFFERENCES,
];

/** Those that may show in a scenario; in a generated one, those that can be generated. */
export function differencesOf(
  scenario: string,
  isGenerated = false,
): Difference[] {
  return DIFFERENCES.filter(
    ({ scenarios, generated }) =>
      scenarios === 'wherever it shows' ||
      scenarios.includes(scenario) ||
      (isGenerated && generated),
  );
}

/** What two plays of the reference may show differently: on whichever side. */
export function chancesOfReference(
  differences: Difference[] = DIFFERENCES,
): Difference[] {
  return differences
    .filter(({ byChance }) => byChance)
    .map(difference => ({
      ...difference,
      reason: difference.reference,
      onlyOurs: difference.onlyReference,
    }));
}
