import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { DEFAULT_ADMISSION_OPTIONS } from './admissionOptions';
import { admissionPolicy } from './admissionPolicy';
import { admissionYaml } from './admissionYaml';

const FILE = join(__dirname, '../../../../deploy/admission/policy.yaml');

describe('the admission policy', () => {
  it('is the file under deploy/ (UPDATE_MANIFESTS=1 writes it anew)', () => {
    const text = admissionYaml(DEFAULT_ADMISSION_OPTIONS);
    if (process.env.UPDATE_MANIFESTS !== undefined) writeFileSync(FILE, text);

    expect(readFileSync(FILE, 'utf8')).toBe(text);
    expect(parseAllDocuments(text).map(each => each.toJS())).toEqual(
      admissionPolicy(DEFAULT_ADMISSION_OPTIONS),
    );
  });

  it('binds each policy, so that none is without effect', () => {
    const objects = admissionPolicy(DEFAULT_ADMISSION_OPTIONS);
    const namesOf = (kind: string) =>
      objects
        .filter(each => each.kind === kind)
        .map(({ metadata }) => metadata.name);
    expect(namesOf('ValidatingAdmissionPolicyBinding')).toEqual(
      namesOf('ValidatingAdmissionPolicy'),
    );
  });

  it('leaves out what is to be free', () => {
    const text = JSON.stringify(
      admissionPolicy({
        ...DEFAULT_ADMISSION_OPTIONS,
        free: ['restart', 'delete', 'terminate-analysis'],
      }),
    );
    expect(text).not.toMatch(
      /restarted|deletion|ownerReferences|progressive-delivery-analysis/,
    );
    expect(text).toContain('\\"restartAt\\"');
  });

  it('cannot be broken out of by an odd name', () => {
    const odd = 'x"] || true || ["';
    const text = JSON.stringify(
      admissionPolicy({ ...DEFAULT_ADMISSION_OPTIONS, portals: [odd] }),
    );
    expect(text).toContain(JSON.stringify(JSON.stringify(odd)).slice(1, -1));
  });
});
