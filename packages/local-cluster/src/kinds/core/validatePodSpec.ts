import { Cause } from '../../api/apiError';
import { parseQuantity } from './quantity';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const RESTARTS = ['Always', 'OnFailure', 'Never'];

type Container = Record<string, any>;

/**
 * What the API server refuses in a pod's spec beyond its types, in its words.
 *
 * Implemented: names, images, ports and resources of containers, mounts
 * without a volume, the restart policy. Not implemented: probes, security
 * contexts, affinity, volumes' sources.
 * @param restartPolicies - those that the kind allows
 */
export function validatePodSpec(
  spec: Record<string, any> | undefined,
  path: string,
  restartPolicies: readonly string[] = RESTARTS,
): Cause[] {
  const causes: Cause[] = [];
  const containers: Container[] = spec?.containers ?? [];
  const initContainers: Container[] = spec?.initContainers ?? [];
  if (containers.length === 0) required(`${path}.containers`);
  const volumes = new Set(
    (spec?.volumes ?? []).map((volume: Container) => volume?.name),
  );
  const names = new Set<string>();
  checkAll(initContainers, `${path}.initContainers`);
  checkAll(containers, `${path}.containers`);
  const policy = spec?.restartPolicy;
  if (policy !== undefined && !restartPolicies.includes(policy)) {
    const field = `${path}.restartPolicy`;
    const known = restartPolicies.map(name => JSON.stringify(name)).join(', ');
    causes.push({
      reason: 'FieldValueNotSupported',
      field,
      message: `Unsupported value: ${JSON.stringify(policy)}: supported values: ${known}`,
    });
  }
  return causes;

  function checkAll(all: Container[], at: string): void {
    all.forEach((container, index) => check(container, `${at}[${index}]`));
  }

  function check(container: Container, at: string): void {
    const { name, image, ports = [], volumeMounts = [] } = container;
    if (!name) required(`${at}.name`);
    else if (!DNS_LABEL.test(name) || name.length > 63) {
      invalid(
        `${at}.name`,
        name,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      );
    } else if (names.has(name)) duplicate(`${at}.name`, name);
    names.add(name);
    if (!image) required(`${at}.image`);
    ports.forEach((port: Container, index: number) => {
      const number = port?.containerPort;
      if (number >= 1 && number <= 65535) return;
      invalid(
        `${at}.ports[${index}].containerPort`,
        number,
        'must be between 1 and 65535, inclusive',
      );
    });
    volumeMounts.forEach((mount: Container, index: number) => {
      if (volumes.has(mount?.name)) return;
      causes.push({
        reason: 'FieldValueNotFound',
        field: `${at}.volumeMounts[${index}].name`,
        message: `Not found: ${JSON.stringify(mount?.name)}`,
      });
    });
    checkResources(container.resources ?? {}, `${at}.resources`);
  }

  function checkResources(resources: Container, at: string): void {
    for (const list of ['limits', 'requests']) {
      for (const [name, value] of Object.entries(resources[list] ?? {})) {
        if (parseQuantity(value) !== undefined) continue;
        // The API server cannot even read such an object.
        causes.push({
          reason: 'FieldValueTypeInvalid',
          field: `${at}.${list}.${name}`,
          message: `Invalid value: ${JSON.stringify(value)}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
        });
      }
    }
    for (const [name, asked] of Object.entries(resources.requests ?? {})) {
      const limit = parseQuantity(resources.limits?.[name]);
      const request = parseQuantity(asked);
      if (limit === undefined || request === undefined || request <= limit) {
        continue;
      }
      invalid(
        `${at}.requests`,
        asked,
        `must be less than or equal to ${name} limit of ${resources.limits[name]}`,
      );
    }
  }

  function required(field: string): void {
    causes.push({
      reason: 'FieldValueRequired',
      field,
      message: 'Required value',
    });
  }

  function invalid(field: string, value: unknown, what: string): void {
    causes.push({
      reason: 'FieldValueInvalid',
      field,
      message: `Invalid value: ${JSON.stringify(value)}: ${what}`,
    });
  }

  function duplicate(field: string, value: unknown): void {
    causes.push({
      reason: 'FieldValueDuplicate',
      field,
      message: `Duplicate value: ${JSON.stringify(value)}`,
    });
  }
}
