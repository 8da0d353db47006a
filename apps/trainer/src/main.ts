#!/usr/bin/env node
import { runProgram } from '@gosa/cli-kit'
import { program } from './program.ts'

await runProgram(program())
