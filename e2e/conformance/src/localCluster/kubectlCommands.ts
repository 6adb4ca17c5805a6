import { act, type Command, look } from './session';

/** What people and scripts do with kubectl, in one namespace, in this order. */
export const KUBECTL_COMMANDS: readonly Command[] = [
  act('kubectl create namespace work'),

  // Apply from the client's side.
  act('kubectl apply -f web.json'),
  act('kubectl apply -f web.json'),
  act('kubectl diff -f web-three.json --show-managed-fields=false'),
  act('kubectl apply -f web-three.json --dry-run=server'),
  act('kubectl apply -f web-three.json'),
  act('kubectl wait deploy/web --for=condition=Available --timeout=60s'),
  act(
    `kubectl wait deploy/web --for=jsonpath='{.status.readyReplicas}'=3 --timeout=60s`,
  ),
  act('kubectl rollout status deploy/web --timeout=60s'),
  look('kubectl get deploy,rs'),
  look('kubectl get deploy -o wide'),
  look('kubectl get deploy web -o yaml'),
  look('kubectl get rs -o yaml'),
  look('kubectl get pods -l app=web'),
  act(`kubectl get deploy web -o jsonpath='{.spec.template.spec.containers}'`),
  act('kubectl get deploy -o custom-columns=N:.metadata.name,R:.spec.replicas'),
  look(`kubectl get pods -l 'app in (web),!none' --no-headers`),
  look('kubectl get pods --field-selector status.phase=Running --no-headers'),
  act('kubectl get pods --field-selector bogus=1'),
  look('kubectl get pods --chunk-size=1 --no-headers'),

  // What is wrong is refused in the same words.
  act('kubectl create -f web-unknown-field.json'),
  act('kubectl apply -f web-unknown-field.json --validate=warn'),
  act('kubectl apply -f web-no-image.json'),
  act('kubectl apply -f web-other-selector.json'),
  act('kubectl apply -f rollout-unknown-field.json'),
  act('kubectl apply -f rollout-wrong-type.json'),
  act('kubectl apply -f rollout-unknown-field.json --validate=warn'),
  act('kubectl apply -f rollout-unknown-field.json --validate=ignore'),

  // From the server's side.
  act('kubectl apply --server-side -f web.json'),
  act('kubectl apply --server-side -f web.json --force-conflicts'),
  act('kubectl apply --server-side -f web-three.json --field-manager=other'),
  act(
    'kubectl apply --server-side -f web-three.json --field-manager=other --force-conflicts',
  ),
  act('kubectl scale deploy web --replicas 4'),
  act('kubectl apply --server-side -f web-three.json --field-manager=other'),
  act('kubectl apply --server-side -f settings.json'),
  act('kubectl apply --server-side -f settings-less.json'),
  act('kubectl get configmap settings -o yaml --show-managed-fields'),

  // Four types of patches, and edit.
  act(
    `kubectl patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"name":"c","env":[{"name":"B","value":"2"}]}]}}}}'`,
  ),
  act(`kubectl patch deploy web --type merge -p '{"spec":{"replicas":3}}'`),
  act(
    `kubectl patch deploy web --type json -p '[{"op":"test","path":"/spec/replicas","value":3},{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]'`,
  ),
  act(
    `kubectl patch deploy web --type json -p '[{"op":"test","path":"/spec/replicas","value":77}]'`,
    'The local cluster also says which operation failed.',
  ),
  act(`kubectl patch rollout colors -p '{"spec":{"replicas":2}}'`),
  act(`kubectl patch rollout colors --type merge -p '{"spec":{"replicas":3}}'`),
  act('kubectl edit rollout colors'),
  act(`kubectl get rollout colors -o jsonpath='{.spec.replicas}'`),
  act(
    `kubectl patch rollout colors --type merge -p '{"spec":{"selector":{"matchLabels":{"app":"other"}}}}'`,
  ),
  act(
    `kubectl patch deploy web --subresource scale --type merge -p '{"spec":{"replicas":2}}'`,
  ),
  look('kubectl get deploy web --subresource scale'),
  act('kubectl scale rollout colors --replicas 1 --current-replicas 9'),
  act('kubectl scale rollout colors --replicas 1'),

  // Revisions of a Deployment.
  act('kubectl set image deploy/web c=demo/colors:green'),
  look('kubectl rollout status deploy/web --watch=false'),
  look('kubectl rollout history deploy/web'),
  act('kubectl rollout undo deploy/web'),
  look('kubectl rollout history deploy/web'),
  act('kubectl rollout undo deploy/web --to-revision=99'),
  act('kubectl rollout pause deploy/web'),
  act('kubectl rollout resume deploy/web'),
  act('kubectl rollout restart deploy/web'),
  look('kubectl get deploy web -o wide'),

  // Other kinds.
  act('kubectl autoscale deploy web --min 2 --max 5 --cpu 80%'),
  look('kubectl get hpa'),
  act('kubectl expose deploy web --port 80'),
  look('kubectl get service -o wide'),
  act('kubectl create configmap cm --from-literal=a=b'),
  act('kubectl create secret generic secret --from-literal=a=b'),
  act('kubectl get configmap cm -o yaml'),
  act('kubectl create role reader --verb=get --resource=pods'),
  act(
    'kubectl create rolebinding reads --role=reader --serviceaccount=work:me',
  ),
  look('kubectl get role,rolebinding -o wide'),
  act('kubectl create job done --image=busybox -- sleep 1'),
  act('kubectl wait job/done --for=condition=Complete --timeout=60s'),
  look('kubectl get job'),
  act('kubectl create ingress way --rule=a.example.com/x=web:80'),
  look('kubectl get ingress'),
  act('kubectl create pdb budget --selector=app=web --min-available=1'),
  look('kubectl get pdb'),
  act('kubectl create quota most --hard=pods=10'),
  act('kubectl label deploy web tier=front'),
  act('kubectl label deploy web tier=back'),
  act('kubectl annotate deploy web note=x'),

  // Discovery and rights.
  act('kubectl api-resources --api-group=argoproj.io'),
  act('kubectl api-resources --api-group=apps -o name --verbs=list,scale'),
  act('kubectl auth can-i create rollouts'),
  act('kubectl explain rollout.spec.strategy.blueGreen.autoPromotionEnabled'),

  // The end of things.
  act('kubectl delete deploy web --cascade=orphan'),
  look('kubectl get deploy'),
  look('kubectl get rs -l app=web --no-headers'),
  act('kubectl delete rs -l app=web --cascade=foreground'),
  look('kubectl get rs,pods -l app=web'),
  act('kubectl delete job done --cascade=background'),
  look('kubectl get jobs'),
  act('kubectl delete namespace work --timeout=90s'),
  act('kubectl get namespace work'),
];
