import { DEFAULT_ADMISSION_OPTIONS } from '../admission/admissionOptions';
import { parseAdmissionArguments } from './admissionArguments';

const parse = (line: string) =>
  parseAdmissionArguments(line.split(' ').filter(Boolean));

describe('yarn rollouts admission-policy', () => {
  it('has defaults', () => {
    expect(parse('')).toEqual(DEFAULT_ADMISSION_OPTIONS);
  });

  it('takes accounts, a label and what is free', () => {
    expect(
      parse(
        '--label acme.com/approval=required --portal idp/portal --controller user:argo --deployer argocd/app --deployer user:ci --free restart --free delete --action Warn',
      ),
    ).toEqual({
      label: { key: 'acme.com/approval', value: 'required' },
      portals: ['system:serviceaccount:idp:portal'],
      controllers: ['argo'],
      deployers: ['system:serviceaccount:argocd:app', 'ci'],
      free: ['restart', 'delete'],
      action: 'Warn',
    });
  });

  it.each([
    ['--label guarded', '"guarded" is not KEY=VALUE'],
    ['--portal backstage', '"backstage" is neither NAMESPACE/NAME'],
    ['--free promote', '--free must be restart, delete, terminate-analysis'],
    ['--action Refuse', '--action must be Deny, Warn, Audit'],
    ['--lable a=b', "Unknown option '--lable'"],
    ['policy.yaml', "Unexpected argument 'policy.yaml'"],
  ])('%s is refused', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
