export * from './build/AnalysisBuildError';
export * from './build/buildAnalysisRun';
export type { TemplateLookup } from './build/mergeTemplates';
export * from './plan/analysisRunPlan';
export * from './planAnalysisRun';
export type { MeasurementDone } from './plan/recordMeasurements';
export type { DueMeasurement } from './plan/schedule';
