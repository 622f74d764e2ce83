"""Runs that are saved whole, in a folder, and brought back bit for bit.

``saved_run`` says what is kept; ``packing`` and ``unpacking`` turn it into bytes and back;
``folder`` writes them so that a save is whole or not there at all, and ``run_file`` joins the two;
``resume`` makes a run of it again; ``recorder`` saves one while ``nntui train`` is at work;
``places`` says where the user's own interrupted runs are kept; ``worker_child`` is what the
playground trains in, whose ``keeper`` saves the run when it is interrupted.
"""
