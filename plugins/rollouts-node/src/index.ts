/**
 * Extension points of the rollouts backend plugin.
 *
 * @packageDocumentation
 */
export * from './approvals/ApprovalExtensions';
export * from './approvals/ApprovalPolicyInput';
export * from './approvals/approvalsExtensionPoint';
export * from './clusters/ClusterDefinition';
export * from './clusters/ClusterSource';
export * from './clusters/clusterSourcesExtensionPoint';
export * from './delivery/DeliveryExtensions';
export * from './delivery/deliveryExtensionPoint';
