/** Everything the fleet page can look like. */
export const FLEET_STATE_NAMES = [
  'fleet',
  'fleet-large',
  'fleet-filtered',
  'fleet-nothing-waits',
  'fleet-frozen',
  'fleet-measures',
  'fleet-cluster-down',
  'fleet-stale',
  'fleet-empty',
  'fleet-no-match',
  'fleet-loading',
  'fleet-error',
  'fleet-forbidden',
] as const;

export type FleetStateName = (typeof FLEET_STATE_NAMES)[number];

/** What stands in the URL in a state. */
export function fleetSearch(name: FleetStateName): string {
  switch (name) {
    case 'fleet-filtered':
      return 'state=Paused&state=Progressing&owner=group%3Adefault%2Fpalette&cluster=eu-west&cluster=us-east';
    case 'fleet-measures':
      return 'view=measures';
    case 'fleet-no-match':
      return 'q=nothing-of-this-name';
    default:
      return '';
  }
}
