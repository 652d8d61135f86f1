# fish completion for keyhole; keyhole itself knows what fits, nothing typed is evaluated
function __keyhole_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test (count $current) -eq 0; and set current ''
    for line in (keyhole internal-complete -- $words[2..-1] $current 2>/dev/null </dev/null)
        switch $line
            case :file
                __fish_complete_path $current
            case :directory
                __fish_complete_directories $current ''
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c keyhole -f -a '(__keyhole_complete)'
