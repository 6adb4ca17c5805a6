/** What is needed to address objects of one kind. The core group is `''`. */
export interface Resource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}
