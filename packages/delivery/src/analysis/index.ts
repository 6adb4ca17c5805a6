export * from './build/AnalysisBuildError';
export * from './build/buildAnalysisRun';
export type { TemplateLookup } from './build/mergeTemplates';
