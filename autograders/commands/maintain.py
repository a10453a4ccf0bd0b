"""What a maintainer runs: the proof of the grader, mutants, pictures."""

import os

from autograders.commands.told import assignments


def prove(options):
    """Prove the grader on every listed mistake and right answer."""
    from autograders.authoring import proof

    return proof.run(assignments(options), options.seeds or proof.SEEDS)


def mutants(options):
    """Change the reference everywhere a little: all changes must lose points."""
    from autograders.authoring import mutants

    return mutants.run(assignments(options))


def arithmetic(options):
    """Show what the lessons say under other kernels and instructions of the processor."""
    from autograders.authoring import arithmetic

    return arithmetic.run(assignments(options), options.draws or arithmetic.DRAWS)


def screenshots(options):
    """Picture the notebooks in JupyterLab, into build/screenshots/."""
    from autograders.browser import guides, screenshots

    names = assignments(options)
    if options.guides:
        made = guides.take()
    elif options.pictures:
        made = screenshots.pictures()
    else:
        made = screenshots.take(options.out, names)
    for file in made:
        print(os.path.relpath(file), flush=True)
