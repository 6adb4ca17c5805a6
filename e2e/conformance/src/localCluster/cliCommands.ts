import { act, type Command, look } from './session';

const events = (name: string): Command => ({
  command: `kubectl get events --field-selector involvedObject.kind=Rollout,involvedObject.name=${name} -o custom-columns=R:.reason,M:.message --no-headers`,
  settles: true,
  sorted: true,
});

/**
 * The reference's CLI, with the reference's controller at work: a whole
 * canary, a whole blue-green, an analysis run and an experiment.
 */
export const CLI_COMMANDS: readonly Command[] = [
  act('kubectl create namespace release'),
  act('rollouts lint -f canary.json'),
  act('rollouts lint -f invalid.json'),

  act('rollouts create -f canary.json'),
  look('rollouts status colors --watch=false'),
  look('rollouts get rollout colors --no-color'),
  look('rollouts list rollouts'),
  act('rollouts set image colors c=demo/colors:green'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts promote colors'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts abort colors'),
  look('rollouts status colors --watch=false'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts retry rollout colors'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts promote colors --full'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts undo colors'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts promote colors --full'),
  look('rollouts get rollout colors --no-color'),
  act('rollouts pause colors'),
  look('rollouts status colors --watch=false'),
  act('rollouts promote colors'),
  look('rollouts status colors --watch=false'),
  act('rollouts restart colors'),
  look('rollouts status colors --watch=false'),
  events('colors'),

  act('kubectl apply -f blue-green.json'),
  look('rollouts get rollout shop --no-color'),
  act('rollouts set image shop c=demo/colors:green'),
  look('rollouts get rollout shop --no-color'),
  act('rollouts promote shop'),
  look('rollouts get rollout shop --no-color'),
  act('rollouts undo shop'),
  look('rollouts status shop --watch=false'),
  act('rollouts abort shop'),
  look('rollouts get rollout shop --no-color'),
  events('shop'),

  act('rollouts create -f template.json'),
  act('rollouts create analysisrun --name run --from sleep'),
  look('kubectl get analysisrun run'),
  act('rollouts terminate analysisrun run'),
  look('kubectl get analysisrun run'),
  act('rollouts create -f experiment.json'),
  look('rollouts get experiment trial --no-color'),
  act('rollouts terminate experiment trial'),
  look('rollouts list experiments'),
  act('rollouts status none --watch=false'),
  act(
    'kubectl get lease -n argo-rollouts -o custom-columns=N:.metadata.name,D:.spec.leaseDurationSeconds',
  ),
  act('kubectl delete rollout --all'),
  look('kubectl get rs,pods'),
];
