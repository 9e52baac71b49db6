import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { functionOf, type FunctionName, type OperationName } from '../../miniprogram/contract/operations';
import { findStartedFile } from '../cloud/started-file';

/** What the strangers aim at: records of one city and one institution. Fields are named as in the inputs of operations. */
export interface Targets {
  fields: {
    cityCode: string;
    /** Of the city: the institution lies there. */
    countyCode: string;
    channelNumber: string;
    /** The network entry of the city. */
    applicationId: string;
    institutionId: string;
    /** An administrator of the institution. */
    personId: string;
    templateId: string;
    classId: string;
    entryId: string;
    voucherId: string;
    qrText: string;
    batchId: string;
    fileId: string;
    /** Of somebody to give a role to, who is none of the cast. */
    idNumber: string;
  };
  /** Jobs by the function that runs them. */
  jobIds: Partial<Record<FunctionName, string>>;
}

export type ForeignInputs = Readonly<Record<OperationName, object>>;

/** A well-formed input to every operation, about the targets: nothing but the wrong person may be its fault. */
export async function foreignInputs({ fields, jobIds }: Targets): Promise<ForeignInputs> {
  const known = { ...fields, voucherIds: [fields.voucherId] };
  const program = findStartedFile('sample-inputs.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(known)]);
  const samples = JSON.parse(stdout) as Record<OperationName, object>;
  const entries = Object.entries(samples).map(([name, input]) => {
    const jobId = jobIds[functionOf(name as OperationName)];
    return [name, 'jobId' in input ? { ...input, jobId } : input];
  });
  return Object.fromEntries(entries) as ForeignInputs;
}
